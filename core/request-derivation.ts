import { escapePath } from './escape-path.ts';
import { RequestRecord } from './request-record.ts';
import { OuterOutput, subrequestHead } from './subrequest.ts';

/**
 * The record of an internal redirect's target, linked by `prev` and `next`: headers in, `errHeadersOut` and the way to the
 * client are shared, the environment is handed on with the prefix `REDIRECT_`. An ErrorDocument is asked for with GET.
 */
export function redirectRecord(r: RequestRecord, uri: string, errorStatus: number | undefined): RequestRecord {
  const isErrorDocument = errorStatus !== undefined && errorStatus !== r.errorStatus;
  const method = isErrorDocument && !r.headerOnly ? 'GET' : r.method;
  const head = { method, url: uri, httpVersion: r.protocol.slice(5), rawHeaders: [] };
  const next = new RequestRecord(head, r.connection, r.server, r.exchange, { prev: r }, r.target);
  r.next = next;
  r.close('the request was redirected internally');
  next.clientIp = r.clientIp;
  next.noCache = r.noCache;
  next.noLocalCopy = r.noLocalCopy;
  next.errorStatus = errorStatus;
  if (errorStatus !== undefined) next.status = errorStatus;
  if (r.trail !== undefined) next.trail = r.trail;
  if (r.hasOutput) next.output.inherit(r.output);
  if (r.hasEnv) for (const [name, value] of r.env) next.env.append(`REDIRECT_${name}`, value);
  next.env.set('REDIRECT_STATUS', errorStatus ?? r.status);
  next.env.set('REDIRECT_URL', r.uri);
  if (r.args !== undefined) next.env.set('REDIRECT_QUERY_STRING', r.args);
  if (isErrorDocument) next.env.set('REDIRECT_REQUEST_METHOD', r.method);
  if (r.user !== undefined) next.env.set('REDIRECT_REMOTE_USER', r.user);
  return next;
}

/** The record of a subrequest: a GET whose output goes into `outer`'s. */
export function subrequestRecord(outer: RequestRecord, uri: string): RequestRecord {
  const target = uri.startsWith('/') ? uri : escapePath(outer.uri.replace(/[^/]*$/, '')) + uri;
  const head = subrequestHead(outer, target);
  const sub = new RequestRecord(
    head,
    outer.connection,
    outer.server,
    outer.exchange,
    { main: outer },
    new OuterOutput(outer),
  );
  sub.clientIp = outer.clientIp;
  return sub;
}
