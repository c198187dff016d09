import { escapeHtml } from './escape-html.ts';
import { describe } from './phase-walk.ts';
import type { RequestRecord } from './request-record.ts';

/** The error page under `Debug On`: what failed, the request, the phases walked, the sections merged. */
export function debugPage(r: RequestRecord, failure: unknown): string {
  return `<!DOCTYPE html><title>500</title><pre>${escapeHtml(describe(failure))}</pre><p>${escapeHtml(r.uri)}</p>`;
}
