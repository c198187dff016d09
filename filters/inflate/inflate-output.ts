import { constants, createGunzip } from 'node:zlib';
import type { BrigadeFilter } from '../../core/filter/filter.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isBodiless } from '../../core/response-head.ts';
import { CodingRun } from '../coding/coding-run.ts';
import { withoutBody } from '../coding/without-body.ts';
import { withSuffix } from '../compress/encoded-head.ts';
import { withoutGzip } from './encoded-in-gzip.ts';
import { ratioGuard } from './ratio-guard.ts';

/** Decompresses responses that are in gzip, so that other filters see their content. */
export const inflateOutput: BrigadeFilter = {
  changes: 'coding',
  brigade(brigade, f) {
    const { r } = f;
    f.remove();
    const others = mayBeInflated(r) ? withoutGzip(encodingOf(r)) : undefined;
    if (others === undefined) return brigade;
    describePlain(r, others);
    f.insertNext(r.headerOnly ? withoutBody : inflating(r));
    return brigade;
  },
};

function inflating(r: RequestRecord): CodingRun {
  const reasonToStop = ratioGuard(r.config);
  const run = new CodingRun(createGunzip({ chunkSize: r.config.deflateBufferSize }), constants.Z_SYNC_FLUSH, {
    changes: 'coding',
    check(bytesIn, bytesOut) {
      const reason = reasonToStop(bytesIn, bytesOut);
      if (reason !== undefined) throw new Error(reason);
    },
  });
  r.registerCleanup(() => run.abandon());
  return run;
}

function mayBeInflated(r: RequestRecord): boolean {
  return r.main === undefined && !isBodiless(r.status) && !(r.hasHeadersOut && r.headersOut.has('Content-Range'));
}

function encodingOf(r: RequestRecord): string | undefined {
  return (r.hasHeadersOut ? r.headersOut.get('Content-Encoding') : undefined) ?? r.contentEncoding;
}

function describePlain(r: RequestRecord, codings: readonly string[]): void {
  r.headersOut.delete('Content-Encoding');
  r.contentEncoding = codings.length === 0 ? undefined : codings.join(', ');
  const tag = r.headersOut.get('ETag');
  if (tag !== undefined && r.config.deflateAlterETag === 'AddSuffix') {
    r.headersOut.set('ETag', withSuffix(tag, '-gunzip'));
  } else if (r.config.deflateAlterETag === 'Remove') r.headersOut.delete('ETag');
}
