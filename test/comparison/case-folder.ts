import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ComparisonCase } from './comparison-case.ts';

/** Of every file and folder, so that entity tags and listings are the same in every run. */
const modified = new Date('2024-01-02T03:04:05Z');

/** The folder that both servers serve: `htdocs`, `logs`, and `run` for what the servers need themselves. */
export class CaseFolder {
  readonly path: string;

  constructor({ files = {} }: ComparisonCase) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-compare-')));
    // Apache gives up the rights of root before it serves.
    chmodSync(this.path, 0o755);
    for (const name of ['htdocs', 'logs', 'run']) mkdirSync(join(this.path, name));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), content);
    }
    for (const name of readdirSync(this.path, { recursive: true, encoding: 'utf8' })) {
      utimesSync(join(this.path, name), modified, modified);
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
