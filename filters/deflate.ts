import type { Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { AlterETag, FilterNote } from './compress/codings.ts';
import { gzip } from './compress/codings.ts';
import { compressingFilter } from './compress/compressing-filter.ts';
import { alterETagDirective, filterNoteDirective, numberDirective } from './compress/directives.ts';
import { suffixedTags } from './compress/suffixed-tags.ts';
import { inflateInput } from './inflate/inflate-input.ts';
import { inflateOutput } from './inflate/inflate-output.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** How hard gzip tries: 1 is fastest, 9 smallest. */
    deflateCompressionLevel: Directive<number>;
    /** How much memory a running compression may take: 1 to 9. */
    deflateMemLevel: Directive<number>;
    /** How far back gzip looks for repetitions, as a power of two: 9 to 15. */
    deflateWindowSize: Directive<number>;
    /** The size of the pieces in which a long body is compressed. */
    deflateBufferSize: Directive<number>;
    /** What becomes of the ETag of a compressed response. */
    deflateAlterETag: Directive<AlterETag>;
    /** Leaves what compression did in a note for the log. */
    deflateFilterNote: Directive<string | readonly string[] | readonly (readonly string[])[], readonly FilterNote[]>;
    /** The most bytes that INFLATE makes of a request's body; LimitRequestBody by default. */
    deflateInflateLimitRequestBody: Directive<number, number | undefined>;
    /** How many times bigger INFLATE may make a body. */
    deflateInflateRatioLimit: Directive<number>;
    /** How often in a row that may be exceeded. */
    deflateInflateRatioBurst: Directive<number>;
    /** How many bytes the compressed forms of small files may take in memory. */
    compressionMemory: Directive<number>;
    /** Bodies that are known to be shorter aren't compressed. */
    compressionMinimumLength: Directive<number>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Compresses responses with gzip, and decompresses bodies in both directions. */
export const deflate = definePlugin({
  name: 'deflate',
  aliases: ['mod_deflate', 'deflate_module'],
  directives: {
    DeflateCompressionLevel: numberDirective('How hard gzip tries: 1 is fastest, 9 smallest.', 1, 9, 6),
    DeflateMemLevel: numberDirective('How much memory a running compression may take.', 1, 9, 9),
    DeflateWindowSize: numberDirective('How far back gzip looks for repetitions, as a power of two.', 9, 15, 15),
    DeflateBufferSize: numberDirective(
      'The size of the pieces in which a long body is compressed.',
      64,
      16_777_216,
      16_384,
    ),
    DeflateAlterETag: alterETagDirective('-gzip'),
    DeflateFilterNote: filterNoteDirective,
    DeflateInflateLimitRequestBody: {
      takes: 'one',
      usage: 'bytes',
      help: "The most bytes that INFLATE makes of a request's body, 0 for no limit; LimitRequestBody counts without it.",
      contexts: everywhere,
      override: 'FileInfo',
      defaultText: 'LimitRequestBody',
      parse([size = ''], site) {
        if (!/^\d{1,15}$/.test(size))
          site.fail(`${site.name} takes a number of bytes, or 0 for no limit, not "${size}"`);
        return Number(size);
      },
    },
    DeflateInflateRatioLimit: {
      ...numberDirective('How many times bigger INFLATE may make a body.', 1, Number.MAX_SAFE_INTEGER, 200),
      contexts: everywhere,
      override: 'FileInfo',
    },
    DeflateInflateRatioBurst: {
      ...numberDirective('How often in a row DeflateInflateRatioLimit may be exceeded.', 1, Number.MAX_SAFE_INTEGER, 3),
      contexts: everywhere,
      override: 'FileInfo',
    },
    CompressionMemory: numberDirective(
      'How many bytes of memory the compressed forms of small files may take; 0 compresses them anew each time.',
      0,
      Number.MAX_SAFE_INTEGER,
      16_777_216,
    ),
    CompressionMinimumLength: {
      ...numberDirective(
        'Bodies that are known to be shorter are not compressed, whatever the coding.',
        0,
        Number.MAX_SAFE_INTEGER,
        69,
      ),
      contexts: everywhere,
      override: 'FileInfo',
    },
  },
  ...suffixedTags('DEFLATE', gzip),
  outputFilters: { DEFLATE: compressingFilter(gzip), INFLATE: inflateOutput },
  // Apache's name for it, and the one that says what it does.
  inputFilters: { DEFLATE: inflateInput, INFLATE: inflateInput },
});
