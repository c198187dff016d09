import { Duplex } from 'node:stream';
import type {
  BrigadeFilter,
  FilterContext,
  FilterGenerator,
  FilterObject,
  FilterStream,
  NamedFilter,
} from './filter.ts';

/** Makes the one form that the chain knows of whatever the author wrote; for the others it is fresh per request. */
export function toFilterObject({ filter, type }: NamedFilter): FilterObject | BrigadeFilter {
  if (typeof filter !== 'function') return filter;
  return isGenerator(filter) ? fromGenerator(filter, type) : fromStream(filter, type);
}

function isGenerator(filter: FilterGenerator | FilterStream): filter is FilterGenerator {
  return Object.prototype.toString.call(filter) === '[object AsyncGeneratorFunction]' || filter.length >= 2;
}

function fromGenerator(generate: FilterGenerator, type: NamedFilter['type']): FilterObject {
  const input = new ChunkQueue();
  let pump: Promise<void> | undefined;
  const start = (f: FilterContext): Promise<void> => {
    pump ??= pumpInto(f, generate(input, f)).finally(() => input.close());
    // An error waits for the next call, which reports it.
    pump.catch(() => undefined);
    return pump;
  };
  return {
    type,
    async data(chunk, f) {
      const pumped = start(f);
      await Promise.race([input.push(chunk), pumped]);
    },
    async end(f) {
      const pumped = start(f);
      input.close();
      await pumped;
    },
  };
}

function fromStream(open: FilterStream, type: NamedFilter['type']): FilterObject {
  let stream: Duplex | undefined;
  let pump: Promise<void> | undefined;
  const start = (f: FilterContext): Duplex => {
    if (stream !== undefined) return stream;
    const opened = open(f);
    const duplex = isWebStream(opened) ? Duplex.fromWeb(opened) : opened;
    stream = duplex;
    f.registerCleanup(() => duplex.destroy());
    pump = pumpInto(f, duplex);
    pump.catch(() => undefined);
    return duplex;
  };
  return {
    type,
    async data(chunk, f) {
      const duplex = start(f);
      const accepted = new Promise<void>((resolve, reject) => {
        duplex.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
      await Promise.race([accepted, pump]);
    },
    /** A stream doesn't say when it has made all it can of what it was given; a turn later it has. */
    flush: () => new Promise((resolve) => setImmediate(resolve)),
    async end(f) {
      start(f).end();
      await pump;
    },
  };
}

function isWebStream(
  stream: Duplex | TransformStream<Uint8Array, Uint8Array>,
): stream is TransformStream<Uint8Array, Uint8Array> {
  return !('pipe' in stream);
}

async function pumpInto(f: FilterContext, chunks: AsyncIterable<Uint8Array | string>): Promise<void> {
  for await (const chunk of chunks) await f.passOn(chunk);
}

/** Hands chunks to a generator one at a time; `push` resolves when the generator comes back for more. */
class ChunkQueue implements AsyncIterable<Uint8Array> {
  #chunk: Uint8Array | undefined;
  #closed = false;
  #wakeReader: () => void = () => undefined;
  #wakeWriter: () => void = () => undefined;

  push(chunk: Uint8Array): Promise<void> {
    this.#chunk = chunk;
    this.#wakeReader();
    return new Promise((resolve) => (this.#wakeWriter = resolve));
  }

  close(): void {
    this.#closed = true;
    this.#wakeReader();
    this.#wakeWriter();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#chunk === undefined) {
        this.#wakeWriter();
        if (this.#closed) return;
        await new Promise<void>((resolve) => (this.#wakeReader = resolve));
        continue;
      }
      const chunk = this.#chunk;
      this.#chunk = undefined;
      yield chunk;
    }
  }
}
