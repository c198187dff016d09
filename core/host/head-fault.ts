import type { Config } from '../config/directive.ts';
import type { HeadSummary } from './request-head.ts';

/** The status to refuse a request with for its head: for what is wrong with it, or for the limits of the server it is for. */
export function headFault(head: HeadSummary, config: Config): number | undefined {
  const { method = '', url = '', httpVersion, rawHeaders } = head.request;
  // Two spaces and the version are on the line as well.
  const lineLength = method.length + url.length + 10;
  if (config.limitRequestLine > 0 && lineLength > config.limitRequestLine) return 414;
  if (head.fault !== undefined) return head.fault;
  // Apache has the better status for HTTP/2 only.
  const tooLarge = httpVersion === '2.0' ? 431 : 400;
  if (config.limitRequestFields > 0 && rawHeaders.length / 2 > config.limitRequestFields) return tooLarge;
  if (head.longestField > config.limitRequestFieldSize) return tooLarge;
  return method === 'CONNECT' ? 405 : undefined;
}

/** A head may have this many fields of full size; Apache has no limit on the sum. */
const FULL_SIZE_FIELDS = 8;

/** The bytes of a head that is looked at; of larger ones nobody hears. */
export function largestHead({ limitRequestLine, limitRequestFieldSize }: Config): number {
  return limitRequestLine + FULL_SIZE_FIELDS * limitRequestFieldSize;
}
