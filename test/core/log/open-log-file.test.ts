import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openLogFile, reopenLogFiles } from '../../../core/log/open-log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('openLogFile', () => {
  it('shares one file among those who name it, until the last one closes', () => {
    const path = join(folder, 'shared.log');
    const first = openLogFile(path);
    const second = openLogFile(relative(process.cwd(), path));
    first.write('one');
    first.close();
    first.close();
    second.write('two');
    renameSync(path, `${path}.1`);
    second.write('three');
    second.close();
    openLogFile(path).close();
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('one\ntwo\nthree\n');
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('opens all logs anew after rotation', () => {
    const paths = [join(folder, 'a.log'), join(folder, 'b.log')];
    const logs = paths.map((path) => openLogFile(path));
    for (const path of paths) renameSync(path, `${path}.1`);
    reopenLogFiles();
    for (const log of logs) {
      log.write('new');
      log.close();
    }
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['new\n', 'new\n']);
  });
});
