import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Has `tsc` write the declaration files of the sources into a new folder, and gives the folder. */
export function emitDeclarations(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-declarations-'));
  const options = ['--emitDeclarationOnly', '--sourceMap', 'false', '--inlineSources', 'false', '--outDir', folder];
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', ...options], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return folder;
}
