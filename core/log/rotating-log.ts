import { mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LogFile, type LogFileOptions } from './log-file.ts';
import type { LogRotation } from './log-rotation.ts';
import type { LogSink } from './log-sink.ts';
import { compileStrftime, type DateFormat } from './strftime.ts';

/**
 * A log that begins a new file when the date in its name changes, and when it has grown to its size: then the old one gets
 * `.1` behind its name, the one that had it `.2`, and so on. No line is lost, and none is cut in two.
 *
 * @example new RotatingLog('/var/log/sluice/access.%Y-%m-%d.log', { isDated: true, size: 1e8, keep: 14, link: 'access.log' });
 */
export class RotatingLog implements LogSink {
  readonly #name: DateFormat | undefined;
  readonly #files: RegExp;
  readonly #rotation: LogRotation;
  readonly #options: LogFileOptions;
  #path: string;
  #file: LogFile;
  #size = 0;
  /** The second in which the name was last asked for. */
  #second: number;

  constructor(path: string, rotation: LogRotation, options: LogFileOptions = {}) {
    this.#name = rotation.isDated ? compileStrftime(path) : undefined;
    this.#files = nameExpression(basename(path), rotation.isDated);
    this.#rotation = rotation;
    this.#options = options;
    const now = Date.now();
    this.#second = Math.floor(now / 1_000);
    this.#path = this.#name?.(new Date(now)) ?? path;
    this.#file = this.#open();
  }

  write(line: string): void {
    if (this.#name !== undefined) this.#followDate(this.#name);
    const { size } = this.#rotation;
    if (size !== undefined) {
      const length = Buffer.byteLength(line) + 1;
      if (this.#size > 0 && this.#size + length > size) this.#putAside();
      this.#size += length;
    }
    this.#file.write(line);
  }

  reopen(): void {
    this.#file.reopen();
    this.#size = sizeOf(this.#path);
  }

  close(): void {
    this.#file.close();
  }

  #followDate(name: DateFormat): void {
    const now = Date.now();
    const second = Math.floor(now / 1_000);
    if (second === this.#second) return;
    this.#second = second;
    const path = name(new Date(now));
    if (path === this.#path) return;
    this.#file.close();
    this.#path = path;
    this.#file = this.#open();
  }

  /** Where renaming fails, the log goes on in the file that is too large. */
  #putAside(): void {
    this.#file.close();
    let last = 1;
    while (statSync(`${this.#path}.${last}`, { throwIfNoEntry: false }) !== undefined) last++;
    try {
      for (let number = last; number > 1; number--)
        renameSync(`${this.#path}.${number - 1}`, `${this.#path}.${number}`);
      renameSync(this.#path, `${this.#path}.1`);
    } catch {
      // Its folder may have become read-only; the lines matter more.
    }
    this.#file = this.#open();
  }

  #open(): LogFile {
    if (this.#rotation.isDated) attempt(() => mkdirSync(dirname(this.#path), { recursive: true }));
    const file = new LogFile(this.#path, this.#options);
    this.#size = sizeOf(this.#path);
    attempt(() => this.#linkHere());
    attempt(() => this.#removeOld());
    return file;
  }

  /** In one step, so that the link always leads somewhere. */
  #linkHere(): void {
    const { link } = this.#rotation;
    if (link === undefined) return;
    const target = join(dirname(this.#path), link);
    const fresh = `${target}.${process.pid}.new`;
    rmSync(fresh, { force: true });
    symlinkSync(basename(this.#path), fresh);
    renameSync(fresh, target);
  }

  #removeOld(): void {
    const { keep } = this.#rotation;
    if (keep === undefined) return;
    const folder = dirname(this.#path);
    const old = readdirSync(folder)
      .filter((name) => this.#files.test(name) && name !== basename(this.#path))
      .map((name) => ({ path: join(folder, name), modified: statSync(join(folder, name)).mtimeMs }))
      .toSorted((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
    for (const { path } of old.slice(keep)) rmSync(path);
  }
}

/** What names the files of a log have: any date, and a number behind it. */
function nameExpression(name: string, isDated: boolean): RegExp {
  const parts = isDated ? name.split(/(%.)/) : [name];
  const text = parts.map((part) => (part.startsWith('%') && isDated ? itemPattern(part.slice(1)) : escaped(part)));
  return new RegExp(`^${text.join('')}(?:\\.\\d+)?$`);
}

/** So narrow that the logs of others aren't taken for old ones. */
function itemPattern(item: string): string {
  if ('CdGgHIjmMsSuUVwWyY'.includes(item)) return String.raw`\d+`;
  if ('aAbBhp'.includes(item)) return '[A-Za-z]+';
  return item === '%' ? '%' : String.raw`[\w:/ +-]+`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Links and old files are a convenience: what is wrong with them can't stop the log. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The log itself says where it can't be written.
  }
}
