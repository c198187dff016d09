import type { RequestRecord } from './request-record.ts';
import type { Table } from './table.ts';

/**
 * Makes `r` the request for the resource that the finished lookup `sub` found, in place: no phase runs again, `r` goes on
 * with those that it has not yet seen (Apache's fast redirect). Headers, notes and environment of `sub` lie over those of `r`.
 */
export function fastRedirect(r: RequestRecord, sub: RequestRecord): void {
  r.uri = sub.uri;
  r.args = sub.args;
  r.filename = sub.filename;
  r.pathInfo = sub.pathInfo;
  r.finfo = sub.finfo;
  r.mtime = sub.mtime;
  r.plan = sub.plan;
  r.params = sub.params;
  r.contextPrefix = sub.contextPrefix;
  r.contextDocumentRoot = sub.contextDocumentRoot;
  r.usedPathInfo = sub.usedPathInfo;
  r.handler = sub.handler;
  r.contentType = sub.contentType;
  r.charset = sub.charset;
  r.contentEncoding = sub.contentEncoding;
  r.contentLanguages = sub.contentLanguages;
  r.noCache ||= sub.noCache;
  r.noLocalCopy ||= sub.noLocalCopy;
  overlayAnswer(r, sub);
  if (sub.hasEnv) overlay(r.env, sub.env);
  // In an earlier phase than that, `r` goes on to add them itself.
  if (sub.hasOutput && r.phase === 'fixup') r.output.takeOver(sub.output);
}

/** Lays the headers and notes of `sub` over those of `r`: for the answer that a lookup gave instead of a resource. */
export function overlayAnswer(r: RequestRecord, sub: RequestRecord): void {
  if (sub.hasHeadersOut) overlay(r.headersOut, sub.headersOut);
  if (sub.hasErrHeadersOut) overlay(r.errHeadersOut, sub.errHeadersOut);
  overlay(r.notes, sub.notes);
}

function overlay(into: Table, from: Table): void {
  for (const name of from.keys()) into.delete(name);
  for (const [name, value] of from) into.append(name, value);
}
