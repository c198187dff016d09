import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parseRotatedTarget } from '../../../core/log/log-rotation.ts';
import { RotatingLog } from '../../../core/log/rotating-log.ts';

const base = mkdtempSync(join(tmpdir(), 'sluice-rotation-'));
let folder: string;
let log: RotatingLog;

beforeEach(() => {
  folder = mkdtempSync(join(base, 'logs-'));
});
afterEach(() => {
  log.close();
  jest.useRealTimers();
});
afterAll(() => rmSync(base, { recursive: true }));

function open(target: string): void {
  const { path, rotation } = parseRotatedTarget(join(folder, target));
  log = new RotatingLog(path, rotation!);
}

function write(...lines: string[]): void {
  for (const line of lines) log.write(line);
}

function contents(): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

describe('a log with a size', () => {
  it('is put aside before the line that would be too much', () => {
    open('a.log size=10');
    write('1234', '5678', 'abcd', 'more than ten bytes', 'x');
    expect(contents()).toEqual({
      'a.log': 'x\n',
      'a.log.1': 'more than ten bytes\n',
      'a.log.2': 'abcd\n',
      'a.log.3': '1234\n5678\n',
    });
  });

  it('counts what is in the file already, in bytes', () => {
    writeFileSync(join(folder, 'a.log'), '12345\n');
    open('a.log size=10');
    write('äö');
    expect(contents()).toEqual({ 'a.log': 'äö\n', 'a.log.1': '12345\n' });
  });

  it('keeps so many old files, and those of others', () => {
    writeFileSync(join(folder, 'a.log.gz'), 'packed');
    writeFileSync(join(folder, 'b.log.1'), 'other');
    open('a.log size=2 keep=2');
    write('1', '2', '3', '4', '5');
    expect(contents()).toEqual({
      'a.log': '5\n',
      'a.log.1': '4\n',
      'a.log.2': '3\n',
      'a.log.gz': 'packed',
      'b.log.1': 'other',
    });
  });

  it('loses no line, however many are written', () => {
    open('a.log size=1K');
    const lines = Array.from({ length: 1_000 }, (_, number) => `line ${number}`);
    write(...lines);
    const written = Object.values(contents()).flatMap((text) => text.split('\n').slice(0, -1));
    expect(written.toSorted()).toEqual(lines.toSorted());
  });
});

describe('a log with a date in its name', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date(2026, 10, 21, 23, 59, 59, 500), doNotFake: ['performance'] });
  });

  it('goes on in another file when the date changes, and its link with it', () => {
    open('a.%Y-%m-%d.log link=a.log');
    write('one');
    expect(readlinkSync(join(folder, 'a.log'))).toBe('a.2026-11-21.log');
    jest.setSystemTime(new Date(2026, 10, 22));
    write('two', 'three');
    expect(contents()).toEqual({
      'a.2026-11-21.log': 'one\n',
      'a.2026-11-22.log': 'two\nthree\n',
      'a.log': 'two\nthree\n',
    });
    expect(readlinkSync(join(folder, 'a.log'))).toBe('a.2026-11-22.log');
  });

  it('makes folders that have a date in their names', () => {
    open('%Y/%m/a.log');
    write('one');
    expect(readFileSync(join(folder, '2026/11/a.log'), 'utf8')).toBe('one\n');
  });

  it('removes the oldest files beyond those that are kept', () => {
    for (const day of [1, 2, 3]) {
      const path = join(folder, `a.2026-11-0${day}.log`);
      writeFileSync(path, String(day));
      utimesSync(path, day, day);
    }
    for (const other of ['a.of-another-year.log', 'a.2026-11-01.txt', 'aa.2026-11-01.log']) {
      writeFileSync(join(folder, other), 'other');
      utimesSync(join(folder, other), 0, 0);
    }
    open('a.%Y-%m-%d.log keep=2');
    write('now');
    expect(Object.keys(contents()).toSorted()).toEqual([
      'a.2026-11-01.txt',
      'a.2026-11-02.log',
      'a.2026-11-03.log',
      'a.2026-11-21.log',
      'a.of-another-year.log',
      'aa.2026-11-01.log',
    ]);
  });
});
