import type { RequestRecord } from 'sluice';

/** Greets by name: `/hello?name=Ann`. */
export function contentHandler(r: RequestRecord): string {
  const name = new URLSearchParams(r.args).get('name') ?? 'World';
  r.contentType = 'text/plain';
  r.charset = 'utf-8';
  return `Hello ${name}!\n`;
}
