import type { Config } from '../../core/config/directive.ts';

/**
 * Watches how much bigger a body becomes: gives the reason to stop once DeflateInflateRatioLimit has been exceeded more
 * often in a row than DeflateInflateRatioBurst allows.
 */
export function ratioGuard({
  deflateInflateRatioLimit: limit,
  deflateInflateRatioBurst: burst,
}: Config): (bytesIn: number, bytesOut: number) => string | undefined {
  let hits = 0;
  return (bytesIn, bytesOut) => {
    hits = bytesOut > bytesIn * limit ? hits + 1 : 0;
    return hits > burst
      ? `INFLATE has made ${bytesOut} bytes of ${bytesIn}, more than DeflateInflateRatioLimit ${limit} allows`
      : undefined;
  };
}
