import { type Evaluated, isPending, whenReady } from '../../core/expression/evaluated.ts';
import type { Brigade } from '../../core/filter/bucket.ts';
import type { BrigadeContext, BrigadeFilter, FilterType, NamedFilter } from '../../core/filter/filter.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED, OK } from '../../core/verdict.ts';
import { applyProtocol } from './protocol.ts';
import { tracer } from './trace.ts';

/** A filter that does the work of a smart one where its condition holds. */
export interface FilterProvider {
  readonly filter: string;
  matches(r: RequestRecord): Evaluated<boolean>;
}

/** A filter that finds out what it is when the first brigade comes and the head is known. */
export class SmartFilter implements BrigadeFilter {
  readonly name: string;
  /** The first one that matches does the work. */
  readonly providers: readonly FilterProvider[];
  /** As declared; that of the first provider by default. */
  readonly place: FilterType | undefined;
  /** It is gone before it could change anything itself. */
  readonly changes = 'nothing';

  constructor(name: string, providers: readonly FilterProvider[], place?: FilterType) {
    this.name = name;
    this.providers = providers;
    this.place = place;
  }

  /** With its place in the chain. */
  named(r: RequestRecord): NamedFilter {
    const [first] = this.providers;
    const type = this.place ?? (first === undefined ? undefined : r.findOutputFilter(first.filter)?.type);
    return { name: this.name, type: type ?? 'resource', filter: this };
  }

  brigade(brigade: Brigade, f: BrigadeContext): Brigade | Promise<Brigade> {
    f.remove();
    const { r } = f;
    if (r.status !== 200 && !(r.hasEnv && r.env.has('filter-errordocs'))) return brigade;
    const chosen = firstMatch(r, this.providers, 0);
    if (isPending(chosen)) return chosen.then((provider) => engage(provider, brigade, f));
    return engage(chosen, brigade, f);
  }
}

function firstMatch(
  r: RequestRecord,
  providers: readonly FilterProvider[],
  from: number,
): Evaluated<FilterProvider | undefined> {
  const provider = providers[from];
  if (provider === undefined) return undefined;
  return whenReady(provider.matches(r), (holds) => (holds ? provider : firstMatch(r, providers, from + 1)));
}

function engage(provider: FilterProvider | undefined, brigade: Brigade, f: BrigadeContext): Brigade | Promise<Brigade> {
  const named = provider === undefined ? undefined : f.r.findOutputFilter(provider.filter);
  if (named === undefined) return brigade;
  applyProtocol(f.r, f.name, named.name);
  const link = f.insertNext(named.filter, named.name);
  const level = f.r.config.filterTrace.get(f.name.toLowerCase()) ?? 0;
  if (level > 0) f.insertNext(tracer(level), f.name);
  if (typeof named.filter === 'function' || named.filter.init === undefined) return brigade;
  const verdict = named.filter.init(link);
  return whenReady(verdict, (settled) => {
    if (settled !== undefined && settled !== OK && settled !== DECLINED) {
      throw new Error(`the filter ${named.name} refused the request with ${settled} when its body had begun`);
    }
    return brigade;
  });
}
