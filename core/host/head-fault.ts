import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/directive.ts';
import type { HeadSummary } from './request-head.ts';

/** The status to refuse a request with for its head: for what is wrong with it, or for the limits of the server it is for. */
export function headFault(request: IncomingMessage, head: HeadSummary, config: Config): number | undefined {
  const { method = '', url = '', rawHeaders } = request;
  // Two spaces and the version are on the line as well.
  const lineLength = method.length + url.length + 10;
  if (config.limitRequestLine > 0 && lineLength > config.limitRequestLine) return 414;
  if (head.fault !== undefined) return head.fault;
  if (config.limitRequestFields > 0 && rawHeaders.length / 2 > config.limitRequestFields) return 400;
  if (head.longestField > config.limitRequestFieldSize) return 400;
  return method === 'CONNECT' ? 405 : undefined;
}
