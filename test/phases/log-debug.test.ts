import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { logDebug } from '../../phases/log-debug.ts';
import { testApp } from '../../testing/index.ts';
import { LogServer } from './log-server.ts';

let server: LogServer;

async function messages(
  logMessage: NonNullable<ConfigObject['logMessage']>,
  path = '/page',
  level = 'info',
): Promise<string[]> {
  await server.start({
    errorLogFormat: '%m %l %M',
    logLevel: ['warn', `log_debug:${level}`],
    sections: [{ location: '/', contentHandler: () => 'page', logMessage }],
  });
  await server.get(path);
  return server.lines('error.log');
}

describe('LogMessage', () => {
  beforeEach(() => {
    server = new LogServer(logDebug);
  });
  afterEach(() => server.stop());

  it('writes a line when the request has its answer', async () => {
    expect(await messages('said-%{REQUEST_STATUS}-to-%{REQUEST_URI}')).toEqual(['log_debug info said-200-to-/page']);
  });

  it('writes it in the phase that it names, by either name', async () => {
    const lines = await messages([
      ['end', 'hook=log'],
      ['fixup', 'hook=fixup'],
      ['content', 'hook=handler'],
      ['access', 'hook=check_access'],
    ]);
    expect(lines.map((line) => line.split(' ').at(-1))).toEqual(['access', 'fixup', 'content', 'end']);
  });

  it('writes it in all phases whose config is known', async () => {
    expect(await messages([['x', 'hook=all']])).toHaveLength(8);
  });

  it('asks its condition, which may need time', async () => {
    const lines = await messages([
      ['never', 'expr=%{QUERY_STRING} == "x"'],
      ['later', 'hook=fixup', 'expr=-U "/page"'],
    ]);
    while (server.lines('error.log').length === 0) await new Promise(setImmediate);
    expect(lines.length).toBeLessThanOrEqual(1);
    expect(server.lines('error.log')).toEqual(['log_debug info later']);
  });

  it('never stops a request', async () => {
    await messages([['x', 'hook=fixup', "expr=file('/not/there') == ''"]]);
    while (server.lines('error.log').length === 0) await new Promise(setImmediate);
    expect(server.lines('error.log')[0]).toMatch(/^log_debug warn LogMessage failed: .*\/not\/there/);
  });

  it('is silent unless LogLevel wants it', async () => {
    expect(await messages('x', '/page', 'warn')).toEqual([]);
  });
});

describe('a bad LogMessage', () => {
  it.each([
    [['x', 'hook=check_authz'], /hook= takes all, postreadrequest/],
    [['x', 'when=now'], /expected hook=… or expr=…/],
    [['%{', 'hook=fixup'], /./],
  ] as const)('refuses %j', async (logMessage, message) => {
    await expect(testApp({ logMessage: [logMessage] })).rejects.toThrow(message);
  });
});
