import type { RequestRecord } from '../../core/request-record.ts';

/** The variables that CGI (RFC 3875) and Apache make of a request, by name; headers are apart. */
export const requestVariables: ReadonlyMap<string, (r: RequestRecord) => string | undefined> = new Map<
  string,
  (r: RequestRecord) => string | undefined
>([
  ['CONTENT_TYPE', (r) => r.headersIn.get('Content-Type')],
  ['CONTENT_LENGTH', (r) => r.headersIn.get('Content-Length')],
  ['PATH', () => process.env['PATH']],
  ['SERVER_SIGNATURE', () => ''],
  ['SERVER_SOFTWARE', () => 'Sluice'],
  ['SERVER_NAME', (r) => r.serverName],
  ['SERVER_ADDR', (r) => r.connection.localIp],
  ['SERVER_PORT', (r) => String(r.server.port || r.connection.localPort)],
  ['REMOTE_ADDR', (r) => r.clientIp],
  ['DOCUMENT_ROOT', (r) => r.documentRoot],
  ['REQUEST_SCHEME', (r) => (r.connection.secure ? 'https' : 'http')],
  ['CONTEXT_PREFIX', (r) => r.contextPrefix],
  ['CONTEXT_DOCUMENT_ROOT', (r) => r.contextDocumentRoot ?? r.documentRoot],
  ['SERVER_ADMIN', (r) => r.server.admin],
  ['SCRIPT_FILENAME', (r) => r.filename],
  ['REMOTE_PORT', (r) => String(r.connection.clientPort)],
  ['REMOTE_USER', (r) => r.user],
  ['AUTH_TYPE', (r) => r.authType],
  ['GATEWAY_INTERFACE', () => 'CGI/1.1'],
  ['SERVER_PROTOCOL', (r) => r.protocol],
  ['REQUEST_METHOD', (r) => r.method],
  ['QUERY_STRING', (r) => r.args ?? ''],
  ['REQUEST_URI', (r) => r.theRequest.split(' ')[1]],
  [
    'SCRIPT_NAME',
    (r) => (r.pathInfo !== '' && r.uri.endsWith(r.pathInfo) ? r.uri.slice(0, -r.pathInfo.length) : r.uri),
  ],
  ['PATH_INFO', (r) => r.pathInfo || undefined],
]);
