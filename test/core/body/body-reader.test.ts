import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { BodyReader } from '../../../core/body/body-reader.ts';
import { readerOf } from './chunked.ts';

describe('a body reader', () => {
  it('reads at most as much as it is asked for, and no more than has arrived', async () => {
    const reader = readerOf(['abcde', 'fg']);
    const pieces = [await reader.read(2), await reader.read(10), await reader.read(10), await reader.read(10)];
    expect(pieces.map(String)).toEqual(['ab', 'cde', 'fg', '']);
  });

  it('reads everything without a count, and with a negative one as mod_python does', async () => {
    expect(String(await readerOf(['ab', 'cd']).read())).toBe('abcd');
    expect(String(await readerOf(['ab', 'cd']).read(-1))).toBe('abcd');
  });

  it('reads nothing for a count of zero and does not start', async () => {
    const reader = readerOf(['ab']);
    expect(await reader.read(0)).toHaveLength(0);
    expect(reader.started).toBe(false);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a count of %p', async (count) => {
    await expect(readerOf(['ab']).read(count)).rejects.toThrow(RangeError);
  });

  it('gives lines with their ends, and the last one as it is', async () => {
    const lines: string[] = [];
    for await (const line of readerOf(['one\r', '\ntwo\n\nth', 'ree']).lines()) lines.push(String(line));
    expect(lines).toEqual(['one\r\n', 'two\n', '\n', 'three']);
  });

  it('gives a long line in pieces', async () => {
    const reader = readerOf(['abc', 'de\nf']);
    const pieces = [await reader.readLine(4), await reader.readLine(4), await reader.readLine(4)];
    expect(pieces.map(String)).toEqual(['abcd', 'e\n', 'f']);
  });

  it('lets all ways of reading follow each other', async () => {
    const reader = readerOf(['one\ntwo\n', 'three\n', '{"a":', '1}']);
    expect(String(await reader.readLine())).toBe('one\n');
    expect(String(await reader.read(2))).toBe('tw');
    for await (const piece of reader) {
      expect(String(piece)).toBe('o\n');
      break;
    }
    for await (const line of reader.lines()) {
      expect(String(line)).toBe('three\n');
      break;
    }
    expect(await reader.json()).toEqual({ a: 1 });
    expect(await reader.text()).toBe('');
  });

  it('can be the source of another reader, as a chain of input filters needs it', async () => {
    const outer = new BodyReader(readerOf(['ab', 'cd']), { limit: 0 });
    expect(await outer.text()).toBe('abcd');
  });

  it('counts what has come in and knows the end', async () => {
    const reader = readerOf(['abc', 'de']);
    await reader.read(1);
    expect([reader.bytesRead, reader.started, reader.ended]).toEqual([3, true, false]);
    await reader.bytes();
    expect([reader.bytesRead, reader.ended]).toEqual([5, true]);
  });

  it('knows from the declared length that the last byte was the end', async () => {
    const reader = readerOf(['abc'], { declaredLength: 3 });
    await reader.read(2);
    expect(reader.ended).toBe(false);
    await reader.read(2);
    expect(reader.ended).toBe(true);
  });

  it('does not touch its source before the first read, nor ever for an empty body', async () => {
    const stream = new PassThrough();
    const reader = new BodyReader(stream, { limit: 0, declaredLength: 0 });
    expect(String(await reader.bytes())).toBe('');
    expect(reader.started).toBe(false);
    expect(stream.listenerCount('readable')).toBe(0);
  });

  it('takes from a stream no more than is asked for', async () => {
    let made = 0;
    const endless = new Readable({
      highWaterMark: 10,
      read() {
        made += 10;
        this.push(Buffer.alloc(10));
      },
    });
    await new BodyReader(endless, { limit: 0 }).read(1);
    for (let count = 0; count < 10; count++) await turn();
    expect(made).toBeLessThanOrEqual(40);
  });

  it('refuses a second read while the first one waits', async () => {
    const stream = new PassThrough();
    const reader = new BodyReader(stream, { limit: 0 });
    const first = reader.text();
    await expect(reader.read(1)).rejects.toThrow('await the first read');
    stream.end('whole');
    expect(await first).toBe('whole');
  });

  it('says so where something else has read the body before', async () => {
    const stream = new PassThrough();
    stream.end('gone');
    stream.read();
    await expect(new BodyReader(stream, { limit: 0 }).text()).rejects.toThrow('has been read already');
  });

  it('hands on the error of its source, again at every later read', async () => {
    const stream = new PassThrough();
    const reader = new BodyReader(stream, { limit: 0 });
    const first = reader.text();
    const fault = new Error('the filter broke');
    stream.destroy(fault);
    await expect(first).rejects.toBe(fault);
    await expect(reader.read(1)).rejects.toBe(fault);
  });
});

describe('the limit of a body', () => {
  it('lets a body of exactly that size through', async () => {
    expect(await readerOf(['abc', 'de'], { limit: 5 }).text()).toBe('abcde');
  });

  it('is a 413 at the piece that exceeds it, and at every later read', async () => {
    const reader = readerOf(['abc', 'def'], { limit: 5 });
    expect(String(await reader.read(9))).toBe('abc');
    await expect(reader.read(9)).rejects.toMatchObject({ verdict: 413 });
    await expect(reader.text()).rejects.toMatchObject({ verdict: 413 });
  });

  it('is a 413 before anything is read where the declared length exceeds it', async () => {
    const stream = new PassThrough();
    const onFirstRead = jest.fn();
    const reader = new BodyReader(stream, { limit: 5, declaredLength: 6, onFirstRead });
    await expect(reader.read(1)).rejects.toMatchObject({ verdict: 413 });
    expect(onFirstRead).not.toHaveBeenCalled();
    expect(stream.listenerCount('readable')).toBe(0);
  });
});

describe('text and JSON of a body', () => {
  it('puts replacement characters for bad UTF-8, even where pieces cut a character', async () => {
    const bytes = Buffer.from('aé€😀b');
    const pieces = [...bytes].map((byte) => Buffer.of(byte));
    expect(await readerOf([...pieces, Buffer.of(0xff)]).text()).toBe('aé€😀b\uFFFD');
  });

  it('follows the charset of the Content-Type', async () => {
    const bytes = Buffer.from('caf\u00E9', 'latin1');
    expect(await readerOf([bytes]).text('text/plain; charset="iso-8859-1"')).toBe('café');
  });

  it('drops a byte order mark', async () => {
    expect(await readerOf(['\uFEFF{}']).json()).toEqual({});
    expect(await readerOf(['\uFEFFa']).text('text/plain; charset=utf-8')).toBe('a');
  });

  it('is a 415 for an unknown charset, before anything is read', async () => {
    const reader = readerOf(['a']);
    await expect(reader.text('text/plain; charset=klingon')).rejects.toMatchObject({ verdict: 415 });
    expect(reader.started).toBe(false);
  });

  it.each([
    ['an empty body', '', 'is empty'],
    ['a cut body', '{"a":', 'expected JSON'],
    ['something else', 'a=1', 'expected JSON'],
  ])('is a 400 that says why for %s instead of JSON', async (_what, text, message) => {
    const failure = readerOf([text]).json();
    await expect(failure).rejects.toMatchObject({ verdict: 400, message: expect.stringContaining(message) });
  });
});

describe('discarding a body', () => {
  it('tells that the end was reached', async () => {
    const reader = readerOf(['abc', 'def']);
    await reader.read(1);
    expect(await reader.discard(100)).toBe(true);
    expect(await reader.read()).toHaveLength(0);
  });

  it('gives up above the bound', async () => {
    expect(await readerOf(['abc', 'def']).discard(5)).toBe(false);
  });

  it('reads nothing at all where the declared length is above the bound', async () => {
    const reader = readerOf(['abc', 'def'], { declaredLength: 6 });
    expect(await reader.discard(5)).toBe(false);
    expect(reader.bytesRead).toBe(0);
  });

  it('does not ask a waiting client for a body that nobody wants', async () => {
    const onFirstRead = jest.fn();
    expect(await readerOf(['abc'], { onFirstRead }).discard(100)).toBe(false);
    expect(onFirstRead).not.toHaveBeenCalled();
  });

  it('does not throw for a body over the limit', async () => {
    expect(await readerOf(['abc', 'def'], { limit: 5 }).discard(100)).toBe(false);
  });
});
