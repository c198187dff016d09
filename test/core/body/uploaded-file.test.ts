import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UploadedFile } from '../../../core/body/uploaded-file.ts';

const info = { name: 'f', filename: 'a.txt', type: 'text/plain', size: 4 };
const otherDevice = '/dev/shm';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function inFile(): UploadedFile {
  const path = join(folder, '1');
  writeFileSync(path, 'café', { encoding: 'latin1', mode: 0o600 });
  return new UploadedFile(info, { path });
}

describe.each([
  ['in memory', () => new UploadedFile(info, Buffer.from('café', 'latin1'))],
  ['in a temporary file', inFile],
])('an uploaded file %s', (_where, upload) => {
  it('gives its bytes, its text and a stream', async () => {
    const file = upload();
    expect((await file.bytes()).toString('latin1')).toBe('café');
    expect(await file.text('text/plain; charset=latin1')).toBe('café');
    expect(await text(file.stream())).toBe('caf\uFFFD');
  });

  it('can be kept elsewhere, for its owner only, and goes on giving its bytes from there', async () => {
    const file = upload();
    const from = file.path;
    const to = join(folder, 'kept');
    await file.moveTo(to);
    expect(readFileSync(to, 'latin1')).toBe('café');
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(from !== undefined && existsSync(from)).toBe(false);
    expect(file.path).toBe(to);
    expect(await file.bytes()).toHaveLength(4);
  });

  it('takes the place of an existing file', async () => {
    const to = join(folder, 'kept');
    writeFileSync(to, 'something longer');
    await upload().moveTo(to);
    expect(readFileSync(to, 'latin1')).toBe('café');
  });

  it('stays where it is when it cannot be moved', async () => {
    const file = upload();
    await expect(file.moveTo(join(folder, 'missing', 'kept'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await file.bytes()).toHaveLength(4);
  });
});

const twoDevices = existsSync(otherDevice) && statSync(otherDevice).dev !== statSync(tmpdir()).dev;
(twoDevices ? it : it.skip)('an uploaded file can be moved to another file system', async () => {
  const elsewhere = mkdtempSync(join(otherDevice, 'sluice-test-'));
  try {
    const file = inFile();
    const from = file.path!;
    await file.moveTo(join(elsewhere, 'kept'));
    expect(readFileSync(join(elsewhere, 'kept'), 'latin1')).toBe('café');
    expect(existsSync(from)).toBe(false);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});
