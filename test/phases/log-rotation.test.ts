import { mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reopenLogFiles } from '../../core/log/open-log-file.ts';
import { LogServer } from './log-server.ts';

let server: LogServer;
beforeEach(() => {
  server = new LogServer();
});
afterEach(() => server.stop());

const sections = [{ location: '/', contentHandler: () => 'Hello' }];
const numbers = Array.from({ length: 200 }, (_, number) => `/${number}`);

/** The lines of all files whose names begin so. */
function linesOf(prefix: string): string[] {
  const files = readdirSync(server.folder).filter((name) => name.startsWith(prefix));
  return files.flatMap((name) => readFileSync(join(server.folder, name), 'utf8').split('\n').slice(0, -1));
}

async function askForAll(between: (number: number) => void = () => undefined): Promise<void> {
  for (const [number, path] of numbers.entries()) {
    await server.get(path);
    between(number);
  }
}

describe('an access log', () => {
  it('rotates by size, and loses nothing', async () => {
    await server.start({ customLog: ['./access.log size=100', '%U'], sections });
    await askForAll();
    expect(readdirSync(server.folder).length).toBeGreaterThan(8);
    expect(linesOf('access.log').toSorted()).toEqual(numbers.toSorted());
  });

  it('has the date in its name, and a link that has not', async () => {
    await server.start({ customLog: ['./access.%Y.log link=access.log', '%U'], sections });
    await server.get('/a');
    expect(server.lines(`access.${new Date().getFullYear()}.log`)).toEqual(['/a']);
    expect(server.lines('access.log')).toEqual(['/a']);
  });

  it('may stand in a folder that has a percent sign in its name', async () => {
    mkdirSync(join(server.folder, '100%a'));
    const customLog = [
      ['access.log', '%U'],
      ['dated.%Y.log', '%U'],
    ] as const;
    await server.start({ serverRoot: './100%a', customLog, sections });
    await server.get('/a');
    expect(server.lines('100%a/access.log')).toEqual(['/a']);
    expect(server.lines(`100%a/dated.${new Date().getFullYear()}.log`)).toEqual(['/a']);
  });

  it('may be renamed by others at any time', async () => {
    await server.start({ customLog: ['./access.log', '%U'], sections });
    await askForAll((number) => {
      if (number % 50 !== 20) return;
      renameSync(join(server.folder, 'access.log'), join(server.folder, `access.log.${number}`));
      reopenLogFiles();
    });
    expect(readdirSync(server.folder).filter((name) => name.startsWith('access.log'))).toHaveLength(5);
    expect(linesOf('access.log').toSorted()).toEqual(numbers.toSorted());
  });
});

describe('BufferedLogs', () => {
  it('writes later, and everything at the end', async () => {
    await server.start({ bufferedLogs: true, customLog: ['./access.log', '%U'], sections });
    await server.get('/a');
    await server.get('/b');
    expect(server.lines()).toEqual([]);
    await server.stopKeepingFiles();
    expect(server.lines()).toEqual(['/a', '/b']);
  });
});

describe('an error log', () => {
  it('rotates as well', async () => {
    await server.start({
      errorLog: './error.%Y.log size=1M keep=3',
      sections: [{ location: '/', contentHandler: fail }],
    });
    await server.get('/a');
    expect(server.lines(`error.${new Date().getFullYear()}.log`)[0]).toContain('on purpose');
  });
});

function fail(): never {
  throw new Error('on purpose');
}
