import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Config } from '../../../core/config/directive.ts';
import { ErrorLog } from '../../../core/log/error-log.ts';
import { parseLogLevels } from '../../../core/log/log-level.ts';
import { fakeRequest } from '../../../testing/fake-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-error-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

let logs = 0;

function open(
  levels: string[],
  config: Partial<Config> = {},
): { readonly log: ErrorLog; readonly lines: () => string[] } {
  const errorLog = join(folder, `${++logs}.log`);
  const log = new ErrorLog({
    ...({ serverName: { hostname: 'named.test', port: 0 } } as Config),
    errorLog,
    logLevel: parseLogLevels(levels),
    ...config,
  });
  return { log, lines: () => readFileSync(errorLog, 'utf8').split('\n').slice(0, -1) };
}

describe('ErrorLog', () => {
  it("writes Apache's layout, with the client where there is a request", () => {
    const { log, lines } = open(['warn']);
    log.log('error', 'first', 'auth_basic');
    log.log('error', 'second\n', undefined, fakeRequest({ clientIp: '192.0.2.1' }));
    log.close();
    const start = /^\[\w{3} \w{3} \d\d \d\d:\d\d:\d\d\.\d{6} \d{4}\] /.source;
    const pid = `\\[pid ${process.pid}:tid ${process.pid}\\] `;
    expect(lines()).toEqual([
      expect.stringMatching(new RegExp(`${start}\\[auth_basic:error\\] ${pid}first$`)),
      expect.stringMatching(new RegExp(`${start}\\[core:error\\] ${pid}\\[client 192\\.0\\.2\\.1:0\\] second\\\\n$`)),
    ]);
  });

  it("uses ErrorLogFormat, the request's id and the server's name", () => {
    const { log, lines } = open(['warn'], { errorLogFormat: '%v %L %M' });
    const r = fakeRequest();
    log.log('crit', 'about a request', 'core', r);
    log.log('crit', 'about the server');
    log.close();
    expect(lines()).toEqual([`${r.server.hostname} ${r.logId} about a request`, 'named.test about the server']);
  });

  it("obeys its server's LogLevel, and a request's own where there is one", () => {
    const { log, lines } = open(['warn', 'dir:debug'], { errorLogFormat: '%M' });
    const chatty = fakeRequest({ config: { logLevel: parseLogLevels(['info']) } });
    expect(log.enabled('info')).toBe(false);
    expect(log.enabled('debug', 'dir')).toBe(true);
    expect(log.enabled('info', 'core', chatty)).toBe(true);
    expect(log.enabled('debug', 'dir', chatty)).toBe(false);
    log.log('info', 'dropped');
    log.log('warn', 'kept');
    log.log('debug', 'of dir', 'dir');
    log.log('info', 'of the request', 'core', chatty);
    log.log('debug', 'dropped too', 'dir', chatty);
    log.close();
    expect(lines()).toEqual(['kept', 'of dir', 'of the request']);
  });

  it('takes whatever a handler in JavaScript hands over', () => {
    const { log, lines } = open(['warn'], { errorLogFormat: '%M' });
    log.log('error', new Error('mißlungen') as unknown as string);
    log.log('error', undefined as unknown as string);
    log.close();
    expect(lines()).toEqual(['Error: mi\\xc3\\x9flungen', 'undefined']);
  });

  it('never throws, neither when full nor when closed', () => {
    const full = open(['warn'], { errorLog: '/dev/full' }).log;
    expect(() => full.log('error', 'lost')).not.toThrow();
    full.close();
    full.close();
    expect(() => full.log('error', 'too late')).not.toThrow();
  });

  it('writes to standard error at once', () => {
    const script = new URL('error-log-process.ts', import.meta.url).pathname;
    const { stderr } = spawnSync(process.execPath, ['--import', 'jiti/register', script], { encoding: 'utf8' });
    expect(stderr).toBe('seen\n');
  });

  it('refuses a format without the message', () => {
    expect(() => open(['warn'], { errorLogFormat: '%t' })).toThrow('ErrorLogFormat needs %M');
  });
});
