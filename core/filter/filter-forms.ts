import { StreamFilter, isNodeStream } from './stream-filter.ts';
import type {
  FilterContext,
  BrigadeFilter,
  FilterGenerator,
  FilterObject,
  FilterStream,
  NamedFilter,
} from './filter.ts';
import { GeneratorFilter } from './generator-filter.ts';
import { WebStreamFilter, isWebStream } from './web-stream-filter.ts';

/** A form with a life of its own, which must be told when nobody needs it any longer. */
export interface AdaptedFilter extends FilterObject {
  /** Nothing comes any more, and what is still made is for nobody. */
  abandon(): void;
}

/** Makes the one form that the chain knows of whatever the author wrote; for the others it is fresh per request. */
export function toFilterObject({ filter, name }: NamedFilter): FilterObject | BrigadeFilter | AdaptedFilter {
  if (typeof filter !== 'function') return filter;
  return isGenerator(filter) ? new GeneratorFilter(filter) : new OpenedFilter(filter, name);
}

function isGenerator(filter: FilterGenerator | FilterStream): filter is FilterGenerator {
  return Object.prototype.toString.call(filter) === '[object AsyncGeneratorFunction]' || filter.length >= 2;
}

/** A stream that is opened for each body, when the body begins. */
class OpenedFilter implements AdaptedFilter {
  readonly #open: FilterStream;
  readonly #name: string;
  #opened: AdaptedFilter | undefined = undefined;

  constructor(open: FilterStream, name: string) {
    this.#open = open;
    this.#name = name;
  }

  data(chunk: Uint8Array, f: FilterContext): void | Promise<void> {
    return (this.#opened ??= this.#begin(f)).data(chunk, f);
  }

  flush(f: FilterContext): void | Promise<void> {
    return this.#opened?.flush!(f);
  }

  end(f: FilterContext): void | Promise<void> {
    return (this.#opened ??= this.#begin(f)).end!(f);
  }

  abandon(): void {
    this.#opened?.abandon();
  }

  #begin(f: FilterContext): AdaptedFilter {
    f.registerCleanup(() => this.abandon());
    const stream: unknown = this.#open(f);
    if (isWebStream(stream)) return new WebStreamFilter(stream, f);
    if (isNodeStream(stream)) return new StreamFilter(stream);
    throw new TypeError(
      `the filter ${this.#name} returned ${stream === null ? 'null' : typeof stream}; ` +
        'a function with one parameter must return a TransformStream or a Node Duplex, and one with two an async iterable',
    );
  }
}
