import type { Stats } from 'node:fs';
import type { DirectiveDeclaration } from '../../core/config/directive.ts';
import { parseNumber } from '../../core/directives/server-directives.ts';
import type { Plan } from '../../core/plan.ts';
import type { RequestRecord } from '../../core/request-record.ts';

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** Bytes of small files that are kept in memory; 0 keeps none. */
    fileCacheSize: Directive<number>;
  }
}

export const fileCacheSizeDirective: DirectiveDeclaration<number> = {
  takes: 'one',
  usage: 'bytes',
  help: 'How much of small files is kept in memory; a changed file is seen by the next request all the same. 0 keeps none.',
  contexts: ['server config', 'virtual host'],
  default: 33_554_432,
  parse: ([text = ''], site) => parseNumber(text, site),
};

/** What is said of a file before its bytes. */
export interface FileVersion {
  readonly stats: Stats;
  readonly tag: string | undefined;
  /** As an HTTP date. */
  readonly lastModified: string;
}

/** A small file as it was read. */
interface KeptFile extends FileVersion {
  readonly bytes: Buffer;
}

/** A file with the circumstances under which it was found that it may be seen. */
interface AllowedFile extends KeptFile {
  readonly plan: Plan;
  readonly documentRoot: string | undefined;
}

/** A file that was changed this lately, in milliseconds, may change again without its time showing it. */
const SETTLING_TIME = 2_000;

/**
 * The bytes of small files, by path. Every request looks at the file itself, so that a changed one is never sent as it was
 * before; what is kept saves opening, judging and reading it.
 */
export class KeptFiles {
  readonly #files = new Map<string, AllowedFile>();
  #size = 0;

  /** The file as it was read for a request of the same config, where `stats`, taken just now, say that it still is so. */
  find(path: string, stats: Stats, { plan, documentRoot }: RequestRecord): KeptFile | undefined {
    const kept = this.#files.get(path);
    if (kept === undefined || kept.plan !== plan || kept.documentRoot !== documentRoot) return undefined;
    if (isSame(kept.stats, stats)) return kept;
    this.#forget(path);
    return undefined;
  }

  /** Keeps a file that was read just now for a request that may see it; the oldest ones make room. */
  keep(path: string, file: KeptFile, { plan, documentRoot, requestTime }: RequestRecord): void {
    const { fileCacheSize } = plan.config;
    const { length } = file.bytes;
    const changed = Math.max(file.stats.ctimeMs, file.stats.mtimeMs);
    if (length > fileCacheSize || requestTime - changed < SETTLING_TIME) return;
    this.#forget(path);
    this.#files.set(path, { ...file, plan, documentRoot });
    this.#size += length;
    for (const oldest of this.#files.keys()) {
      if (this.#size <= fileCacheSize) return;
      this.#forget(oldest);
    }
  }

  #forget(path: string): void {
    this.#size -= this.#files.get(path)?.bytes.length ?? 0;
    this.#files.delete(path);
  }
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.size === b.size && a.dev === b.dev;
}
