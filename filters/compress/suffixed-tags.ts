import type { Config } from '../../core/config/directive.ts';
import type { Plugin } from '../../core/plugin.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';
import type { Coding } from './codings.ts';
import { isAccepted, isSwitchedOff } from './decide.ts';
import { withSuffix } from './encoded-head.ts';

/** Set where If-None-Match has the tag of a compressed form. */
const asksForEncoded = stateKey<Coding>('compress.asks-for-encoded');

/**
 * The handler knows only the tag of the plain form. So that a client is told that its copy of the compressed one is still
 * good, its tag is understood without the suffix, too, and the 304 has it with the suffix.
 */
export function suffixedTags(filter: string, coding: Coding): Pick<Plugin, 'insertFilters' | 'insertErrorFilters'> {
  const when = (config: Config): boolean => mayUse(config, filter) && coding.alterETag(config) === 'AddSuffix';
  return {
    insertFilters: {
      when,
      insert(r) {
        const given = r.headersIn.get('If-None-Match');
        if (given === undefined || !given.includes(`${coding.suffix}"`)) return;
        if (isSwitchedOff(r, coding) || !isAccepted(r, coding)) return;
        r.headersIn.set('If-None-Match', `${given}, ${given.replaceAll(`${coding.suffix}"`, '"')}`);
        r.state.set(asksForEncoded, coding);
      },
    },
    insertErrorFilters: {
      when,
      insert(r) {
        if (r.status === 304 && r.state.get(asksForEncoded) === coding) describeCopy(r, coding);
      },
    },
  };
}

function describeCopy(r: RequestRecord, { suffix }: Coding): void {
  const tag = r.headersOut.get('ETag');
  if (tag !== undefined && !tag.endsWith(`${suffix}"`)) r.headersOut.set('ETag', withSuffix(tag, suffix));
  r.varyOn('Accept-Encoding');
}

/** Whether some line of the config puts the filter to work. */
function mayUse({ setOutputFilter, addType, filterChain, filterDeclare }: Config, filter: string): boolean {
  const isIt = (name: string): boolean => name.toUpperCase() === filter;
  if (setOutputFilter.some(isIt)) return true;
  if ([...addType.values()].some(({ outputFilters }) => outputFilters?.some(isIt) === true)) return true;
  return filterChain.filters.some((chained) => {
    const smart = typeof chained === 'string' ? filterDeclare.get(chained.toLowerCase()) : chained;
    return smart === undefined ? isIt(chained as string) : smart.providers.some((provider) => isIt(provider.filter));
  });
}
