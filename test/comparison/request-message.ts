import type { ComparisonCase, ComparisonRequest } from './comparison-case.ts';

/** A request of a case in its long form. */
export function requestOf(request: ComparisonCase['requests'][number]): ComparisonRequest {
  return typeof request === 'string' ? { request } : request;
}

/** What a request calls the server, before anything is filled in. */
export function hostOf({ headers = {} }: ComparisonRequest): string {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === 'host');
  return [(name === undefined ? undefined : headers[name]) ?? 'localhost'].flat().join();
}

/** The bytes of a request; `fillIn` puts in what is only known when the server runs. */
export function messageOf(
  { request, headers = {}, body }: ComparisonRequest,
  fillIn: (text: string) => string,
): Buffer {
  const content = typeof body === 'string' ? Buffer.from(fillIn(body)) : Buffer.from(body ?? []);
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const line = / HTTP\/\S+$/.test(request) ? request : `${request} HTTP/1.1`;
  const lines = [line];
  if (!names.has('host')) lines.push('Host: localhost');
  for (const [name, value] of Object.entries(headers)) {
    for (const single of [value].flat()) lines.push(`${name}: ${single}`);
  }
  const isFramed = names.has('content-length') || names.has('transfer-encoding');
  if (body !== undefined && !isFramed) lines.push(`Content-Length: ${content.length}`);
  return Buffer.concat([Buffer.from(fillIn(`${lines.join('\r\n')}\r\n\r\n`), 'latin1'), content]);
}
