import { Transform } from 'node:stream';
import { TransformStream } from 'node:stream/web';
import type { Filter, FilterContext } from '../../../index.ts';

/** What a filter of a test does, whatever its form. */
export interface Behaviour {
  /** What it makes of a chunk: any number of pieces, or a promise of them. */
  readonly chunk?: (text: string, f: FilterContext) => readonly unknown[] | Promise<readonly unknown[]>;
  readonly end?: (f: FilterContext) => readonly unknown[] | Promise<readonly unknown[]>;
  /** Asked after each chunk: the filter wants no more. */
  readonly isDone?: () => boolean;
}

const pass = (text: string): readonly string[] => [text];

/** One behaviour in each form that a filter may have. */
export const forms: Readonly<Record<string, (behaviour: Behaviour) => Filter>> = {
  'an object': ({ chunk = pass, end, isDone }) => {
    let done = false;
    return {
      async data(bytes, f) {
        if (done) return;
        for (const piece of await chunk(String(bytes), f)) await f.passOn(piece as string);
        done = isDone?.() === true;
      },
      async end(f) {
        if (!done && end !== undefined) for (const piece of await end(f)) await f.passOn(piece as string);
      },
    };
  },
  'a synchronous object': ({ chunk = pass, end, isDone }) => {
    let done = false;
    const passAll = (
      pieces: readonly unknown[] | Promise<readonly unknown[]>,
      f: FilterContext,
    ): void | Promise<void> => {
      if (!Array.isArray(pieces)) return (pieces as Promise<readonly unknown[]>).then((made) => passAll(made, f));
      for (const piece of pieces) void f.passOn(piece as string);
    };
    return {
      data(bytes, f) {
        if (done) return;
        const passed = passAll(chunk(String(bytes), f), f);
        done = isDone?.() === true;
        return passed;
      },
      end: (f) => (done || end === undefined ? undefined : passAll(end(f), f)),
    };
  },
  'an async generator': ({ chunk = pass, end, isDone }) =>
    async function* (chunks, f) {
      for await (const bytes of chunks) {
        yield* (await chunk(String(bytes), f)) as readonly string[];
        if (isDone?.() === true) return;
      }
      if (end !== undefined) yield* (await end(f)) as readonly string[];
    },
  'a web TransformStream':
    ({ chunk = pass, end, isDone }) =>
    (f: FilterContext) =>
      new TransformStream<Uint8Array, unknown>({
        async transform(bytes, controller) {
          for (const piece of await chunk(String(bytes), f)) controller.enqueue(piece);
          if (isDone?.() === true) controller.terminate();
        },
        async flush(controller) {
          if (end !== undefined) for (const piece of await end(f)) controller.enqueue(piece);
        },
      }) as never,
  'a Node Transform':
    ({ chunk = pass, end, isDone }) =>
    (f: FilterContext) =>
      new Transform({
        readableObjectMode: true,
        async transform(this: Transform, bytes: Uint8Array, _, done) {
          try {
            for (const piece of await chunk(String(bytes), f)) this.push(piece);
            if (isDone?.() === true) this.push(null);
            done();
          } catch (error) {
            done(error as Error);
          }
        },
        async flush(this: Transform, done) {
          try {
            if (end !== undefined) for (const piece of await end(f)) this.push(piece);
            done();
          } catch (error) {
            done(error as Error);
          }
        },
      }),
};
