import { readAcceptItems } from '../../core/negotiation/accept-item.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED } from '../../core/verdict.ts';

/** Names the encoding as the client does: `x-gzip` for those who know it by its old name only. */
export function spellEncoding(r: RequestRecord): typeof DECLINED {
  const { contentEncoding } = r;
  if (contentEncoding === undefined) return DECLINED;
  const name = contentEncoding.replace(/^x-/, '');
  const accepted = readAcceptItems(r.headersIn.get('Accept-Encoding')) ?? [];
  const spelled = accepted.find((item) => item.name === name) ?? accepted.findLast((item) => item.name === `x-${name}`);
  if (spelled !== undefined) r.contentEncoding = spelled.name;
  return DECLINED;
}
