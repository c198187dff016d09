import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/directive.ts';
import { parseAuthority } from '../request-url.ts';

/**
 * What is wrong with a request's head beyond what Node's parser refuses, as a status: protocol version, Host header
 * (RFC 9112 §3.2), and the limits on the request line and the fields.
 */
export function headFault(request: IncomingMessage, config: Config): number | undefined {
  const { httpVersion, rawHeaders, url } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 400;
  const lineLength = (request.method?.length ?? 0) + (url?.length ?? 0) + 10;
  if (config.limitRequestLine > 0 && lineLength > config.limitRequestLine) return 414;
  if (config.limitRequestFields > 0 && rawHeaders.length / 2 > config.limitRequestFields) return 400;
  let host: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (name.length + rawHeaders[at + 1]!.length + 2 > config.limitRequestFieldSize) return 400;
    if (name.length === 4 && name.toLowerCase() === 'host') {
      if (host !== undefined) return 400;
      host = rawHeaders[at + 1]!;
    }
  }
  if (host === undefined) return httpVersion === '1.1' ? 400 : undefined;
  return host === '' || parseAuthority(host) !== undefined ? undefined : 400;
}
