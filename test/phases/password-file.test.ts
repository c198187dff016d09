import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PasswordFile } from '../../phases/password-file.ts';
import { VerifiedPasswords } from '../../phases/password/verified-passwords.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-passwords-'));
afterAll(() => rmSync(folder, { recursive: true }));

const secret = '{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=';
const slow = '$2y$05$xUSWIbqGCl6E6/by7pFnn.Qwetm6adgsoPqxqaSEdPDjX4JpQvDkq';
let files = 0;

function passwordFile(text: string): PasswordFile {
  const path = join(folder, String(files++));
  writeFileSync(path, text);
  return new PasswordFile(path);
}

describe('PasswordFile', () => {
  it('tells a right password, a wrong one and an unknown user apart', async () => {
    const file = passwordFile(`alice:${slow}\nbob:${secret}\n`);
    expect(await file.verify('alice', 'secret')).toBe('verified');
    expect(await file.verify('bob', 'secret')).toBe('verified');
    expect(await file.verify('bob', 'Secret')).toBe('wrong password');
    expect(await file.verify('carol', 'secret')).toBe('unknown user');
  });

  // As tried with Apache 2.4.
  it('reads comments, blank lines, CRLF, blanks around lines and further fields as Apache does', async () => {
    const file = passwordFile(
      `# staff\r\n\r\ncrlf:${secret}\r\n  lead:${secret}   \nextra:${secret}:more:stuff\n` +
        `dup:{SHA}AAAAAAAAAAAAAAAAAAAAAAAAAAA=\ndup:${secret}\n#hidden:${secret}\nin side :${secret}\nno colon`,
    );
    for (const user of ['crlf', 'lead', 'extra', 'in side '])
      expect(await file.verify(user, 'secret')).toBe('verified');
    expect(await file.verify('dup', 'secret')).toBe('wrong password');
    for (const user of ['#hidden', 'hidden', 'in side', '', 'no colon', '# staff']) {
      expect(await file.verify(user, 'secret')).toBe('unknown user');
    }
  });

  it('takes __proto__ and constructor for names like others', async () => {
    const file = passwordFile(`__proto__:${secret}\n`);
    expect(await file.verify('__proto__', 'secret')).toBe('verified');
    expect(await file.verify('constructor', 'secret')).toBe('unknown user');
    expect(await passwordFile('').verify('__proto__', 'x')).toBe('unknown user');
  });

  it('answers without a promise once a password was right, and never for a wrong one', async () => {
    const file = passwordFile(`alice:${slow}\n`);
    expect(file.verify('alice', 'wrong')).toBeInstanceOf(Promise);
    const [first, second] = [file.verify('alice', 'secret'), file.verify('alice', 'secret')];
    expect(second).toBe(first);
    await first;
    expect(file.verify('alice', 'secret')).toBe('verified');
    expect(await file.verify('alice', 'wrong')).toBe('wrong password');
    expect(file.verify('alice', 'wrong')).toBeInstanceOf(Promise);
  });

  it('sees a changed file with the next request, and no longer takes the old password', async () => {
    const file = passwordFile(`alice:${secret}\n`);
    expect(await file.verify('alice', 'secret')).toBe('verified');
    writeFileSync(file.path, `alice:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\nbob:${secret}\n`);
    expect(await file.verify('alice', 'secret')).toBe('wrong password');
    expect(await file.verify('alice', 'password')).toBe('verified');
    expect(await file.verify('bob', 'secret')).toBe('verified');
  });

  it('sees a file put in its place, even one of the same size and time', async () => {
    const file = passwordFile(`alice:${secret}\n`);
    const moment = new Date(1e12);
    utimesSync(file.path, moment, moment);
    expect(await file.verify('alice', 'secret')).toBe('verified');
    writeFileSync(`${file.path}.new`, `brian:${secret}\n`);
    utimesSync(`${file.path}.new`, moment, moment);
    renameSync(`${file.path}.new`, file.path);
    expect(await file.verify('alice', 'secret')).toBe('unknown user');
    expect(await file.verify('brian', 'secret')).toBe('verified');
  });

  it('checks an unknown user against the first entry that it can check', async () => {
    const file = passwordFile(`old:5g5focjt.q0tA\nalice:${slow}\n`);
    expect(await file.verify('nobody', 'secret')).toBe('unknown user');
    expect(await file.verify('nobody', 'secret')).toBe('unknown user');
  });

  it('names file and user where the entry is of a kind it does not take', async () => {
    const file = passwordFile('old:5g5focjt.q0tA\nplain:secret\n');
    await expect(file.verify('old', 'secret')).rejects.toThrow(
      `AuthUserFile ${file.path}, user old: expected a bcrypt, $apr1$, {SHA}, $5$ or $6$ hash`,
    );
    await expect(file.verify('plain', 'secret')).rejects.toMatchObject({ code: 'UNSUPPORTED_PASSWORD_HASH' });
  });

  it('throws, naming directive and file, where the file is missing, a folder, or gone later', async () => {
    const missing = new PasswordFile(join(folder, 'missing'), 'AuthUserFile');
    expect(() => missing.verify('alice', 'x')).toThrow(
      `AuthUserFile ${missing.path}: expected a readable password file`,
    );
    expect(() => new PasswordFile(folder).verify('alice', 'x')).toThrow(/EISDIR/);
    const file = passwordFile(`alice:${secret}\n`);
    await file.verify('alice', 'secret');
    rmSync(file.path);
    expect(() => file.verify('alice', 'secret')).toThrow(/ENOENT/);
  });
});

describe('VerifiedPasswords', () => {
  it('forgets the oldest above its limit', () => {
    const verified = new VerifiedPasswords(3);
    for (const digest of ['a', 'b', 'c', 'd', 'd']) verified.add(digest);
    expect(['a', 'b', 'c', 'd'].map((digest) => verified.has(digest))).toEqual([false, true, true, true]);
  });

  it('gives each user, password, hash and process its own digest', () => {
    const verified = new VerifiedPasswords();
    const digests = [
      verified.digest('alice', 'secret', secret),
      verified.digest('alic', 'esecret', secret),
      verified.digest('alice', 'secret', slow),
      new VerifiedPasswords().digest('alice', 'secret', secret),
    ];
    expect(new Set(digests).size).toBe(4);
    expect(verified.digest('alice', 'secret', secret)).toBe(digests[0]);
  });
});
