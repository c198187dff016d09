import type { Config } from '../core/config/directive.ts';
import type { ForeignNames } from '../core/config/foreign-names.ts';
import { definePlugin } from '../core/plugin.ts';
import type { AlterETag, Coding, FilterNote } from './compress/codings.ts';
import { compressingFilter } from './compress/compressing-filter.ts';
import { alterETagDirective, filterNoteDirective, numberDirective } from './compress/directives.ts';
import { suffixedTags } from './compress/suffixed-tags.ts';
import { zstd as library } from './compress/zstd.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** How hard zstd tries: 1 is fastest, 22 smallest. */
    zstdCompressionLevel: Directive<number>;
    /** What becomes of the ETag of a compressed response. */
    zstdAlterETag: Directive<AlterETag>;
    /** Leaves what compression did in a note for the log. */
    zstdFilterNote: Directive<string | readonly string[] | readonly (readonly string[])[], readonly FilterNote[]>;
  }
}

const coding = library === undefined ? undefined : codingOf(library);
const missing = {
  when: /\bZSTD_COMPRESS\b/i,
  reason: 'this Node has no zstd; Node 22.15 and later have',
} as const;
const withoutLibrary: ForeignNames = {
  directives: { SetOutputFilter: missing, AddOutputFilter: missing, AddOutputFilterByType: missing },
  modules: {},
};

/** Compresses responses with zstd, where Node has it. */
export const zstd = definePlugin({
  name: 'zstd',
  aliases: ['mod_zstd', 'zstd_module'],
  directives: {
    ZstdCompressionLevel: numberDirective('How hard zstd tries: 1 is fastest, 22 smallest.', 1, 22, 3),
    ZstdAlterETag: alterETagDirective('-zstd'),
    ZstdFilterNote: filterNoteDirective,
  },
  ...(coding === undefined
    ? { foreignNames: withoutLibrary }
    : { ...suffixedTags('ZSTD_COMPRESS', coding), outputFilters: { ZSTD_COMPRESS: compressingFilter(coding) } }),
});

function codingOf({ zstdCompressSync, createZstdCompress, constants }: NonNullable<typeof library>): Coding {
  const options = ({ zstdCompressionLevel: level }: Config): { params: Record<number, number> } => ({
    params: { [constants.ZSTD_c_compressionLevel]: level },
  });
  return {
    name: 'zstd',
    suffix: '-zstd',
    offSwitch: 'no-zstd',
    obeysBrowserSwitches: false,
    flushMark: constants.ZSTD_e_flush,
    settings: (config) => `zstd-${config.zstdCompressionLevel}`,
    alterETag: (config) => config.zstdAlterETag,
    notes: (config) => config.zstdFilterNote,
    compress: (body, config) => zstdCompressSync(body, options(config)),
    open: (config) => createZstdCompress(options(config)),
  };
}
