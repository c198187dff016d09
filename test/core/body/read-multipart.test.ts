import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BodyReader } from '../../../core/body/body-reader.ts';
import { type Form, readForm } from '../../../core/body/form.ts';
import type { FormOptions } from '../../../core/body/form-options.ts';
import { cutAt, readerOf } from './chunked.ts';
import { boundary, field, file, multipart, multipartType, type Part } from './multipart.ts';

const cleanups: (() => Promise<void>)[] = [];
const limits: FormOptions = {
  fieldLimit: 4,
  fieldSizeLimit: 10,
  fileSizeLimit: 200_000,
  memoryLimit: 100,
  registerCleanup: (cleanup) => cleanups.push(cleanup),
};

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function formOf(...parts: readonly Part[]): Promise<Form> {
  return readForm(readerOf([multipart(...parts)]), multipartType, limits);
}

function formOfText(text: string): Promise<Form> {
  return readForm(readerOf([text]), multipartType, limits);
}

describe('a multipart form', () => {
  it('gives fields and files in order', async () => {
    const form = await formOf(field('a', '1'), file('f', 'x.bin', 'bytes'), field('a', '2'));
    expect(form.getAll('a')).toEqual(['1', '2']);
    expect([...form].map(([name]) => name)).toEqual(['a', 'f', 'a']);
    const upload = form.file('f')!;
    expect(upload).toMatchObject({ name: 'f', filename: 'x.bin', type: 'application/octet-stream', size: 5 });
    expect(String(await upload.bytes())).toBe('bytes');
  });

  it('is empty without any part', async () => {
    expect([...(await formOf())]).toEqual([]);
  });

  it.each([
    ['name="naïve"; filename="Ünïcode €.txt"', 'naïve', 'Ünïcode €.txt'],
    ["name=f; filename*=utf-8''%e2%82%ac.txt", 'f', '€.txt'],
    ['name="a \\"b\\""; filename="c;d.txt"', 'a "b"', 'c;d.txt'],
    ['name=f; filename="../../etc/passwd"', 'f', 'passwd'],
    ['name=f; filename="C:\\\\fakepath\\\\a.txt"', 'f', 'a.txt'],
    ["name=f; filename*=utf-8''..%2F..%2Fa.txt", 'f', 'a.txt'],
  ])('reads the disposition %s', async (disposition, name, filename) => {
    const form = await formOf({ disposition, body: 'x' });
    expect(form.file(name)).toMatchObject({ name, filename, type: 'text/plain' });
  });

  it.each(['..', 'a/..', '.'])('takes no folder for a filename: %p', async (filename) => {
    const form = await formOf(file('f', filename, 'x'));
    expect(form.file('f')?.filename).toBe('');
  });

  it('takes a file input that was left empty for an empty text', async () => {
    const form = await formOf(file('f', '', ''));
    expect([form.get('f'), form.files()]).toEqual(['', []]);
  });

  it('keeps an empty file that has a name, and bytes that have none', async () => {
    const form = await formOf(file('f', 'a', ''), file('g', '', 'x'));
    expect(form.files()).toMatchObject([
      { filename: 'a', size: 0 },
      { filename: '', size: 1 },
    ]);
  });

  it('reads a field in the charset of its part, with replacement characters for bad UTF-8', async () => {
    const headers = ['Content-Type: text/plain; charset=iso-8859-1'];
    const latin = { disposition: 'name=a', headers, body: Buffer.from('é', 'latin1') };
    const form = await formOf(latin, { disposition: 'name=b', body: Buffer.of(0x61, 0xff) });
    expect([form.get('a'), form.get('b')]).toEqual(['é', 'a\uFFFD']);
  });

  it('is a 415 for a field in an unknown charset', async () => {
    const headers = ['Content-Type: text/plain; charset=klingon'];
    await expect(formOf({ disposition: 'name=a', headers, body: 'x' })).rejects.toMatchObject({ verdict: 415 });
  });

  it('keeps names such as __proto__ harmless', async () => {
    const form = await formOf(field('__proto__', '1'), field('constructor', '2'), {
      disposition: 'name=""',
      body: '3',
    });
    expect([form.get('__proto__'), form.get('constructor'), form.get('')]).toEqual(['1', '2', '3']);
  });

  it('takes a boundary in quotes with unusual characters', async () => {
    const form = await readForm(
      readerOf(['--a"b c\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--a"b c--']),
      'multipart/form-data; boundary="a\\"b c"',
      limits,
    );
    expect(form.get('x')).toBe('1');
  });

  it('ignores what stands before the first and after the last boundary', async () => {
    const form = await formOfText(`before\r\n${multipart(field('a', '1')).toString()}--${boundary}\r\nafter`);
    expect([...form]).toEqual([['a', '1']]);
  });

  it('is the same however its bytes are split', async () => {
    const bytes = Buffer.from('\r\n--edg\r\n--\r--edge-'.repeat(9));
    const whole = multipart(field('a', '\r\n--edg'), file('f', 'x', bytes), field('b', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (cuts) => {
        const form = await readForm(readerOf(cutAt(whole, cuts)), multipartType, limits);
        expect([form.get('a'), form.get('b')]).toEqual(['\r\n--edg', '']);
        expect(await form.file('f')!.bytes()).toEqual(bytes);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a bad multipart form', () => {
  const part = `--${boundary}\r\nContent-Disposition: form-data; name=a`;

  it.each([
    ['an empty body', ''],
    ['the last boundary missing', `${part}\r\n\r\n1\r\n`],
    ['its end inside a file', `${part}; filename=x\r\n\r\nby`],
    ['its end inside a header', part],
    ['bare line feeds', `--${boundary}\nContent-Disposition: form-data; name=a\n\n1\n--${boundary}--`],
    ['a header without a name', `--${boundary}\r\n: x\r\n\r\n1\r\n--${boundary}--`],
    ['two bad headers in one piece', `--${boundary}\r\n: x\r\n--${boundary}\r\n: y\r\n\r\n--${boundary}--`],
    ['a header above 16 KiB', `${part}\r\nX: ${'x'.repeat(17_000)}\r\n\r\n1\r\n--${boundary}--`],
  ])('is a 400: %s', async (_what, text) => {
    await expect(formOfText(text)).rejects.toMatchObject({ verdict: 400 });
  });

  it('hands on the error of the connection', async () => {
    const stream = new PassThrough();
    const form = readForm(new BodyReader(stream, { limit: 0 }), multipartType, limits);
    stream.write(`${part}; filename=x\r\n\r\nby`);
    stream.destroy();
    await expect(form).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('is a 413 where the body is over its own limit', async () => {
    const reader = readerOf([multipart(field('a', '1'))], { limit: 20 });
    await expect(readForm(reader, multipartType, limits)).rejects.toMatchObject({ verdict: 413 });
  });
});

describe('the limits of a multipart form', () => {
  it('allow that many parts and no more', async () => {
    const parts = [field('a', '1'), field('b', '2'), file('c', 'c', '3'), file('d', 'd', '4')];
    expect([...(await formOf(...parts))]).toHaveLength(4);
    await expect(formOf(...parts, field('e', '5'))).rejects.toMatchObject({ verdict: 413 });
  });

  it('allow texts of that size and no larger', async () => {
    expect((await formOf(field('a', '0123456789'))).get('a')).toHaveLength(10);
    await expect(formOf(field('a', '0123456789a'))).rejects.toMatchObject({ verdict: 413 });
  });

  it('allow files of that size and no larger', async () => {
    expect((await formOf(file('f', 'f', Buffer.alloc(200_000)))).file('f')?.size).toBe(200_000);
    await expect(formOf(file('f', 'f', Buffer.alloc(200_001)))).rejects.toMatchObject({ verdict: 413 });
  });
});

describe('the files of a multipart form', () => {
  it('stay in memory up to the limit', async () => {
    const form = await formOf(file('f', 'f', Buffer.alloc(100)));
    expect(form.file('f')!.path).toBeUndefined();
    expect(cleanups).toHaveLength(0);
  });

  it('go to a file that only the owner reads above it, in one folder that the cleanup removes', async () => {
    const bytes = Buffer.from('0123456789'.repeat(15_000));
    const form = await formOf(file('f', 'f', bytes), file('g', 'g', bytes.subarray(0, 101)));
    const { path } = form.file('f')!;
    const folder = dirname(path!);
    expect(await form.file('f')!.bytes()).toEqual(bytes);
    expect(readdirSync(folder)).toHaveLength(2);
    expect([statSync(path!).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(cleanups).toHaveLength(1);
    await cleanups.pop()!();
    expect(existsSync(folder)).toBe(false);
  });

  it('are removed by the cleanup of a form that failed', async () => {
    const whole = multipart(file('f', 'f', Buffer.alloc(150_000)));
    const reader = readerOf(cutAt(whole.subarray(0, -10), [50_000, 100_000]));
    await expect(readForm(reader, multipartType, limits)).rejects.toMatchObject({ verdict: 400 });
    expect(cleanups).toHaveLength(1);
  });

  it('end the reading where they cannot be stored', async () => {
    const fault = new Error('no room');
    const registerCleanup = (cleanup: () => Promise<void>) => {
      cleanups.push(cleanup);
      throw fault;
    };
    const head = multipart(file('f', 'f', '')).subarray(0, -10);
    const reader = new BodyReader(endlessAfter(head), { limit: 0 });
    await expect(readForm(reader, multipartType, { ...limits, registerCleanup })).rejects.toBe(fault);
  });
});

async function* endlessAfter(head: Uint8Array): AsyncGenerator<Uint8Array> {
  yield head;
  for (;;) yield Buffer.alloc(10_000);
}
