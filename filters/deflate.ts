import { definePlugin } from '../core/plugin.ts';
import type { AlterETag, FilterNote } from './compress/codings.ts';
import { gzip } from './compress/codings.ts';
import { compressingFilter } from './compress/compressing-filter.ts';
import { alterETagDirective, filterNoteDirective, numberDirective } from './compress/directives.ts';
import { suffixedTags } from './compress/suffixed-tags.ts';

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
    /** Bodies that are known to be shorter aren't compressed. */
    compressionMinimumLength: Directive<number>;
  }
}

/** Compresses responses with gzip. */
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
    CompressionMinimumLength: {
      ...numberDirective(
        'Bodies that are known to be shorter are not compressed, whatever the coding.',
        0,
        Number.MAX_SAFE_INTEGER,
        69,
      ),
      contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
      override: 'FileInfo',
    },
  },
  ...suffixedTags('DEFLATE', gzip),
  outputFilters: { DEFLATE: compressingFilter(gzip) },
});
