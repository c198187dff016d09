import type { Context } from '../core/config/directive.ts';
import { EOS, FLUSH } from '../core/filter/bucket.ts';
import type { BrigadeFilter, FilterContext, FilterObject } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** How much of a body the filter BUFFER keeps before it passes it on, in bytes. */
    bufferSize: Directive<number>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Collects small pieces of a body into large ones. */
export const buffer = definePlugin({
  name: 'buffer',
  aliases: ['mod_buffer', 'buffer_module'],
  directives: {
    BufferSize: {
      takes: 'one',
      usage: 'bytes',
      help: 'How much of a body the filter BUFFER collects before it passes it on.',
      contexts: everywhere,
      override: 'FileInfo',
      default: 131_072,
      parse([size = ''], site) {
        if (!/^[1-9]\d{0,9}$/.test(size)) site.fail(`BufferSize takes a number of bytes from 1 on, not "${size}"`);
        return Number(size);
      },
    },
  },
  outputFilters: {
    BUFFER: collector(),
  },
  inputFilters: { BUFFER: inputCollector() },
});

/** Nothing goes on before there is enough of it, whatever FLUSH says. */
function collector(): BrigadeFilter {
  return {
    changes: 'nothing',
    brigade(brigade, f) {
      const collected = f.setAside(brigade.filter((bucket) => bucket !== FLUSH));
      return brigade.at(-1) === EOS || collected >= f.r.config.bufferSize ? f.takeAside() : [];
    },
  };
}

/** Request bodies: the handler reads pieces of at least that size. */
function inputCollector(): FilterObject {
  const collected = new WeakMap<FilterContext, Uint8Array[]>();
  const release = (f: FilterContext): void | Promise<void> => {
    const pieces = collected.get(f) ?? [];
    collected.delete(f);
    return f.passOn(Buffer.concat(pieces));
  };
  return {
    changes: 'nothing',
    data(chunk, f) {
      const pieces = collected.get(f) ?? [];
      collected.set(f, pieces);
      pieces.push(chunk);
      if (pieces.reduce((sum, { length }) => sum + length, 0) >= f.r.config.bufferSize) return release(f);
    },
    end: release,
  };
}
