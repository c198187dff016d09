import type { ExpressionSubject } from './subject.ts';
import type { ExpressionVariable } from './extensions.ts';

/** The variables of Apache's core. */
export const variables: Readonly<Record<string, ExpressionVariable>> = {
  HTTP_ACCEPT: requestHeader('Accept'),
  HTTP_COOKIE: requestHeader('Cookie'),
  HTTP_FORWARDED: requestHeader('Forwarded'),
  HTTP_HOST: requestHeader('Host'),
  HTTP_PROXY_CONNECTION: requestHeader('Proxy-Connection'),
  HTTP_REFERER: requestHeader('Referer'),
  HTTP_USER_AGENT: requestHeader('User-Agent'),

  REQUEST_METHOD: { read: (r) => r.method },
  REQUEST_SCHEME: { read: (r) => (r.connection.secure ? 'https' : 'http') },
  REQUEST_URI: { read: (r) => r.uri },
  DOCUMENT_URI: { read: (r) => r.env.get('DOCUMENT_URI') ?? r.uri },
  REQUEST_FILENAME: { read: (r) => r.filename },
  SCRIPT_FILENAME: { read: (r) => r.filename },
  // Node can't turn ids into names, so these two are numbers.
  SCRIPT_USER: { read: (r) => r.finfo && String(r.finfo.uid) },
  SCRIPT_GROUP: { read: (r) => r.finfo && String(r.finfo.gid) },
  LAST_MODIFIED: { read: (r) => timestamp(new Date(r.mtime)) },
  PATH_INFO: { read: (r) => r.pathInfo },
  QUERY_STRING: { read: (r) => r.args },
  IS_SUBREQ: { read: (r) => String(r.main !== undefined) },
  THE_REQUEST: { read: (r) => r.theRequest },
  REQUEST_STATUS: { read: (r) => String(r.status) },
  REQUEST_LOG_ID: { read: (r) => r.logId },
  AUTH_TYPE: { read: (r) => r.authType },
  CONTENT_TYPE: { read: (r) => r.contentType },
  HANDLER: { read: (r) => r.handler },

  REMOTE_ADDR: { read: (r) => r.clientIp },
  REMOTE_HOST: { read: (r) => r.remoteHost?.() ?? r.clientIp },
  REMOTE_IDENT: { read: () => '' },
  REMOTE_PORT: { read: (r) => String(r.connection.clientPort) },
  REMOTE_USER: { read: (r) => r.user },

  CONN_LOG_ID: { read: (r) => String(r.connection.id) },
  CONN_REMOTE_ADDR: { read: (r) => r.connection.peerIp },
  HTTPS: { read: (r) => onOrOff(r.connection.secure) },
  HTTP2: { read: (r) => onOrOff(r.protocol.startsWith('HTTP/2')) },
  IPV6: { read: (r) => onOrOff(r.connection.clientIp.includes(':')) },

  SERVER_ADMIN: { read: (r) => r.server.admin },
  SERVER_NAME: { read: (r) => r.serverName },
  SERVER_PORT: { read: (r) => String(r.server.port || r.connection.localPort) },
  SERVER_PROTOCOL: { read: (r) => r.protocol },
  SERVER_PROTOCOL_VERSION: { read: (r) => protocolVersion(r, (major, minor) => String(major * 1000 + minor)) },
  SERVER_PROTOCOL_VERSION_MAJOR: { read: (r) => protocolVersion(r, (major) => String(major)) },
  SERVER_PROTOCOL_VERSION_MINOR: { read: (r) => protocolVersion(r, (_, minor) => String(minor)) },
  SERVER_SOFTWARE: { read: () => 'Sluice' },
  // The number of Apache 2.4's module interface, which conditions in existing files compare with.
  API_VERSION: { read: () => '20120211' },

  DOCUMENT_ROOT: { read: (r) => r.documentRoot },
  CONTEXT_PREFIX: { read: (r) => r.contextPrefix },
  CONTEXT_DOCUMENT_ROOT: { read: (r) => r.contextDocumentRoot ?? r.documentRoot },

  TIME: { read: (r) => timestamp(new Date(r.requestTime)) },
  TIME_YEAR: { read: (r) => String(new Date(r.requestTime).getFullYear()) },
  TIME_MON: { read: (r) => twoDigits(new Date(r.requestTime).getMonth() + 1) },
  TIME_DAY: { read: (r) => twoDigits(new Date(r.requestTime).getDate()) },
  TIME_HOUR: { read: (r) => twoDigits(new Date(r.requestTime).getHours()) },
  TIME_MIN: { read: (r) => twoDigits(new Date(r.requestTime).getMinutes()) },
  TIME_SEC: { read: (r) => twoDigits(new Date(r.requestTime).getSeconds()) },
  TIME_WDAY: { read: (r) => String(new Date(r.requestTime).getDay()) },
};

function requestHeader(name: string): ExpressionVariable {
  return { read: (r) => r.headersIn.get(name), varyOn: name };
}

function onOrOff(value: boolean): string {
  return value ? 'on' : 'off';
}

function protocolVersion(r: ExpressionSubject, format: (major: number, minor: number) => string): string {
  const [major = '0', minor = '0'] = r.protocol.slice('HTTP/'.length).split('.');
  return format(Number(major), Number(minor));
}

/** `YYYYMMDDhhmmss` in local time. */
function timestamp(time: Date): string {
  const date = `${time.getFullYear()}${twoDigits(time.getMonth() + 1)}${twoDigits(time.getDate())}`;
  return `${date}${twoDigits(time.getHours())}${twoDigits(time.getMinutes())}${twoDigits(time.getSeconds())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
