import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';
import { type SignedWords, SignedWordsReader, mergeSignedWords } from '../../core/config/signed-words.ts';
import { fileTag, timeTag } from '../../core/conditional.ts';
import { FileBucket } from '../../core/filter/bucket.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { OpenFile } from '../open-file.ts';

type ETagPart = 'inode' | 'size' | 'mtime' | 'digest';

/** What a file's tag is made of. */
export type FileETag = SignedWords<ETagPart>;

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** What the ETag of a file is made of: `INode`, `MTime`, `Size`, or `Digest` alone; `None` for no ETag. */
    fileETag: Directive<string | readonly string[] | readonly (readonly string[])[], FileETag>;
  }
}

const parts = new Map<string, readonly ETagPart[]>([
  ['inode', ['inode']],
  ['size', ['size']],
  ['mtime', ['mtime']],
  ['digest', ['digest']],
  ['all', ['inode', 'size', 'mtime']],
  ['none', []],
]);

/** What holds where nobody says anything. */
const usual: ReadonlySet<ETagPart> = new Set(['size', 'mtime']);

const spellings = ['INode', 'MTime', 'Size', 'Digest', 'All', 'None'];

export const fileETagDirective: DirectiveDeclaration<FileETag> = {
  takes: 'any',
  usage: '[+|-]INode | [+|-]MTime | [+|-]Size | [+|-]Digest … | All | None',
  help: 'What the ETag of a file is made of; Digest is the hash of its bytes and stands for all others.',
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'FileInfo',
  default: { on: usual, off: new Set(), relative: false },
  defaultText: 'MTime Size',
  parse: parseFileETag,
  combine: mergeSignedWords,
  merge: mergeSignedWords,
};

/** The tag of an open file by FileETag. */
export function fileETag(
  r: RequestRecord,
  { descriptor, stats, coding }: OpenFile,
): string | undefined | Promise<string> {
  if (r.config.fileETag.on.has('digest')) {
    return digests.get(identityOf(stats)) ?? digest(descriptor, stats, r.requestTime);
  }
  return statETag(r, stats, coding);
}

/** The tag of a file, or of one of its forms, by what is known without reading it. */
export function statETag(r: RequestRecord, stats: Stats, coding?: string): string | undefined {
  const { on } = r.config.fileETag;
  if (on === usual && coding === undefined) return fileTag(r, stats, `${stats.size.toString(16)}-${timeTag(stats)}`);
  const tag: string[] = [];
  if (on.has('inode')) tag.push(stats.ino.toString(16));
  if (on.has('size')) tag.push(stats.size.toString(16));
  if (on.has('mtime')) tag.push(timeTag(stats));
  if (tag.length === 0) return undefined;
  // RFC 9110 §8.8.3.3: each form of a file has a tag of its own.
  if (coding !== undefined) tag.push(coding);
  return fileTag(r, stats, tag.join('-'));
}

/** Digests of files that have not been changed since. */
const digests = new Map<string, string>();
const MEMORY = 4_096;

async function digest(descriptor: number, stats: Stats, now: number): Promise<string> {
  const hash = createHash('sha1');
  for await (const chunk of new FileBucket(descriptor, 0, stats.size).chunks()) hash.update(chunk);
  const tag = `"${hash.digest('base64')}"`;
  if (now - stats.mtimeMs > 1_000) {
    if (digests.size >= MEMORY) digests.clear();
    digests.set(identityOf(stats), tag);
  }
  return tag;
}

function identityOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${dev}-${ino}-${size}-${mtimeMs}-${ctimeMs}`;
}

function parseFileETag(words: readonly string[], site: DirectiveSite): FileETag {
  if (words.length === 0) return site.fail('FileETag needs at least one of INode, MTime, Size, Digest, All or None');
  const reader = new SignedWordsReader<ETagPart>();
  for (const word of words) {
    const [, sign = '', name = ''] = /^([+-]?)(.*)$/s.exec(word.toLowerCase())!;
    const named = parts.get(name);
    if (named === undefined) return site.fail(`FileETag knows no "${word}"${didYouMean(name, spellings)}`);
    if (named.length !== 1 && (sign !== '' || words.length > 1)) {
      return site.fail(`FileETag: ${word} stands alone and has no sign`);
    }
    if (named.length === 0) reader.clear();
    for (const part of named) reader.add(sign, part);
  }
  return reader.take();
}
