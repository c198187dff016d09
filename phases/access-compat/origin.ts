import type { DirectiveSite } from '../../core/config/directive.ts';
import type { Evaluated } from '../../core/expression/evaluated.ts';
import { parseIpRange } from '../../core/ip-range.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { clientHostname } from '../authz/host-names.ts';
import { isInDomain } from '../authz/in-domain.ts';

/** Whether a request comes from what one word of Allow or Deny names. */
export type Origin = (r: RequestRecord) => Evaluated<boolean>;

/** Reads `from all`, `from env=[!]name`, `from 10.1`, `from .example.org`. */
export function parseOrigin([from = '', word = '']: readonly string[], site: DirectiveSite): Origin {
  if (from.toLowerCase() !== 'from') return site.fail(`${site.name} takes "from" first, not "${from}"`);
  if (word.toLowerCase() === 'all') return () => true;
  const [, not, variable] = /^env=(!?)(.*)$/i.exec(word) ?? [];
  if (variable !== undefined) {
    if (variable === '') return site.fail(`${site.name} from env= needs the name of a variable`);
    return (r) => r.env.has(variable) !== (not === '!');
  }
  if (/^[\d.]+$|[:/]/.test(word)) {
    const range = parseIpRange(word);
    return (r) => range.contains(r.clientIp);
  }
  return async (r) => {
    const name = await clientHostname(r);
    return name !== undefined && isInDomain(name, word);
  };
}
