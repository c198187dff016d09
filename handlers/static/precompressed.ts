import { statSync } from 'node:fs';
import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { type OpenFile, openFile } from '../open-file.ts';
import { codingQuality } from './accept-encoding.ts';

/** A content coding, and what is put behind the name of a file for the form that is in it. */
export interface Precompressed {
  readonly coding: string;
  readonly suffix: string;
}

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** The codings whose files beside the one asked for may be sent in its place, best first: `br`, `zstd`, `gzip`; `Off` for none. */
    precompressedFiles: Directive<string | readonly string[], readonly Precompressed[]>;
  }
}

const suffixes = new Map([
  ['br', '.br'],
  ['zstd', '.zst'],
  ['gzip', '.gz'],
]);

export const precompressedDirective: DirectiveDeclaration<readonly Precompressed[]> = {
  takes: 'iterate',
  usage: 'br | zstd | gzip … | Off',
  help: 'Sends page.html.br, .zst or .gz beside page.html in its place to clients that accept it; the best first.',
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'FileInfo',
  default: [],
  defaultText: 'Off',
  parse: parsePrecompressed,
  combine: (earlier, later) => (later.length === 0 ? [] : [...earlier, ...later]),
};

function parsePrecompressed([word = '']: readonly string[], site: DirectiveSite): readonly Precompressed[] {
  const coding = word.toLowerCase();
  if (coding === 'off') return [];
  const suffix = suffixes.get(coding);
  return suffix === undefined
    ? site.fail(`PrecompressedFiles takes br, zstd, gzip or Off, not "${word}"`)
    : [{ coding, suffix }];
}

/**
 * Opens the compressed form of a file that the client likes best, and says so in the head; undefined where the file itself
 * is due.
 */
export function openPrecompressed(r: RequestRecord, filename: string): OpenFile | undefined {
  const forms = r.config.precompressedFiles;
  // The bytes of a subrequest become a part of another body.
  if (forms.length === 0 || r.contentEncoding !== undefined || r.main !== undefined) return undefined;
  const found = forms.filter(({ suffix }) => statSync(filename + suffix, { throwIfNoEntry: false })?.isFile() === true);
  if (found.length === 0) return undefined;
  r.varyOn('Accept-Encoding');
  const qualityOf = codingQuality(r.headersIn.get('Accept-Encoding'));
  let best: Precompressed | undefined;
  let quality = qualityOf('identity');
  for (const form of found) {
    const wanted = qualityOf(form.coding);
    if (wanted > quality || (best === undefined && wanted === quality && wanted > 0)) {
      best = form;
      quality = wanted;
    }
  }
  if (best === undefined || (r.hasEnv && r.env.has('no-gzip'))) return undefined;
  const file = openFile(r, filename + best.suffix);
  if (typeof file === 'number') return undefined;
  r.contentEncoding = best.coding;
  return { ...file, coding: best.coding };
}
