import { debugPage } from './debug-page.ts';
import { errorPage } from './error-page.ts';
import type { TextExpression } from './expression/text-expression.ts';
import type { RequestRecord } from './request-record.ts';
import { isBodiless } from './response-head.ts';
import { isThenable } from './thenable.ts';

/** What ErrorDocument says for a status; the value is interpolated per request. */
export interface ErrorDocument {
  readonly kind: 'default' | 'text' | 'path' | 'url';
  readonly value: TextExpression;
}

/**
 * Answers with a status instead of content. Before commit everything the failed answer said is dropped, `errHeadersOut`
 * is kept, and ErrorDocument decides about the body; after it the connection is cut, so that the client sees truncation.
 */
export function answerStatus(r: RequestRecord, status: number): void | Promise<void> {
  if (r.exchange.writer.ended) return r.log(`${status} came too late: the answer had ended`, 'info', 'core');
  if (r.committed) {
    r.log(`the answer failed with ${status} after its head had been sent; the connection is cut`, 'error', 'core');
    return r.exchange.writer.cut();
  }
  // An error document that fails isn't answered by another one: the first error counts, and the page mentions the second.
  if (r.errorStatus !== undefined) return sendPage(r, r.errorStatus, status);
  if (status === 401) for (const insert of r.plan.challengeInserters) insert(r);
  const failure = r.failure ?? r.prev?.failure;
  if (failure !== undefined && r.config.debug) return sendHtml(r, status, debugPage(r, failure));
  const document = isBodiless(status) ? undefined : r.config.errorDocument.get(status);
  if (document === undefined || document.kind === 'default') return sendPage(r, status);
  const value = document.value.evaluate(r);
  return isThenable(value)
    ? value.then((text) => sendDocument(r, status, document.kind, text))
    : sendDocument(r, status, document.kind, value);
}

function sendDocument(
  r: RequestRecord,
  status: number,
  kind: ErrorDocument['kind'],
  value: string,
): void | Promise<void> {
  if (kind === 'text') return sendHtml(r, status, value);
  if (kind === 'path') {
    r.status = status;
    return r.exchange.engine.errorRedirect(r, value, status);
  }
  r.headersOut.set('Location', value);
  return sendPage(r, 302);
}

function sendPage(r: RequestRecord, status: number, failedTwice?: number): void | Promise<void> {
  if (isBodiless(status)) {
    // RFC 9110 §15.4.5: a 304 has the validators of the answer that it stands for, and nothing else about its content.
    r.dropOutput();
    r.contentEncoding = undefined;
    r.contentLanguages = [];
    return end(r, status);
  }
  const location = isRedirect(status) && r.hasHeadersOut ? r.headersOut.get('Location') : undefined;
  return sendHtml(r, status, errorPage(status, location, failedTwice, r.notes.get('error-notes')));
}

/** The built-in page and nothing that anybody wants to add to it: where an answer with what they add has failed. */
export function answerPlainly(r: RequestRecord, status: number): void | Promise<void> {
  void writeHtml(r, status, errorPage(status));
  r.errHeadersOut.clear();
  r.status = status;
  return r.output.end();
}

function sendHtml(r: RequestRecord, status: number, html: string): void | Promise<void> {
  const written = writeHtml(r, status, html);
  return isThenable(written) ? written.then(() => end(r, status)) : end(r, status);
}

function writeHtml(r: RequestRecord, status: number, html: string): void | Promise<void> {
  r.startOver(status);
  r.contentType = 'text/html';
  r.charset = 'utf-8';
  return r.output.write(html);
}

function end(r: RequestRecord, status: number): void | Promise<void> {
  r.status = status;
  if ((status === 405 || status === 501) && r.allowed.length > 0) r.errHeadersOut.set('Allow', r.allowed.join(', '));
  for (const insert of r.plan.errorFilterInserters) insert(r);
  return r.output.end();
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
