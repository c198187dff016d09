import { definePlugin } from '../core/plugin.ts';
import type { AlterETag, FilterNote } from './compress/codings.ts';
import { brotli as coding } from './compress/codings.ts';
import { compressingFilter } from './compress/compressing-filter.ts';
import { alterETagDirective, filterNoteDirective, numberDirective } from './compress/directives.ts';
import { suffixedTags } from './compress/suffixed-tags.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** How hard brotli tries: 0 is fastest, 11 smallest. */
    brotliCompressionQuality: Directive<number>;
    /** How far back brotli looks for repetitions, as a power of two: 10 to 24. */
    brotliCompressionWindow: Directive<number>;
    /** The largest block that brotli takes at once, as a power of two: 16 to 24; 0 leaves it to the quality. */
    brotliCompressionMaxInputBlock: Directive<number>;
    /** What becomes of the ETag of a compressed response. */
    brotliAlterETag: Directive<AlterETag>;
    /** Leaves what compression did in a note for the log. */
    brotliFilterNote: Directive<string | readonly string[] | readonly (readonly string[])[], readonly FilterNote[]>;
  }
}

/** Compresses responses with brotli. */
export const brotli = definePlugin({
  name: 'brotli',
  aliases: ['mod_brotli', 'brotli_module'],
  directives: {
    BrotliCompressionQuality: numberDirective('How hard brotli tries: 0 is fastest, 11 smallest.', 0, 11, 5),
    BrotliCompressionWindow: numberDirective(
      'How far back brotli looks for repetitions, as a power of two.',
      10,
      24,
      18,
    ),
    BrotliCompressionMaxInputBlock: {
      ...numberDirective('The largest block that brotli takes at once, as a power of two.', 16, 24, 0),
      defaultText: 'by the quality',
    },
    BrotliAlterETag: alterETagDirective('-br'),
    BrotliFilterNote: filterNoteDirective,
  },
  ...suffixedTags('BROTLI_COMPRESS', coding),
  outputFilters: { BROTLI_COMPRESS: compressingFilter(coding) },
});
