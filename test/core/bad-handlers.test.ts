import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import request from 'supertest';
import { type ConfigObject, OK, type RequestRecord, phases } from '../../index.ts';
import { collectLog, testApp } from '../../testing/index.ts';

/** What a handler can do wrong, and a word of the log line that tells. */
const mistakes: Readonly<
  Record<string, { readonly handler: () => unknown; readonly line: RegExp; readonly status: number }>
> = {
  throws: {
    handler: () => {
      throw new Error('thrown');
    },
    line: /thrown/,
    status: 500,
  },
  rejects: { handler: () => Promise.reject(new Error('rejected')), line: /rejected/, status: 500 },
  'returns rubbish': { handler: () => Symbol('rubbish'), line: /returned symbol/, status: 500 },
  'returns nothing': { handler: () => undefined, line: /returned undefined/, status: 500 },
  'answers twice': {
    handler: () => ({
      // A thenable may call back as often as it likes; the first answer counts.
      then(resolve: (verdict: unknown) => void, reject: (error: Error) => void) {
        resolve('rubbish 1');
        resolve(OK);
        reject(new Error('twice'));
      },
    }),
    line: /returned string/,
    status: 500,
  },
  'never returns': { handler: () => new Promise(() => undefined), line: /HandlerTimeout/, status: 503 },
};

const judging = phases.filter(({ rule }) => rule !== 'failsafe').map(({ name }) => name);

describe.each(judging)('a bad handler in the phase %s', (phase) => {
  it.each(Object.entries(mistakes))(
    'that %s: one answer, one log line that names it, log and cleanup run, others are served',
    async (way, { handler, line, status }) => {
      const log = collectLog();
      const walked: string[] = [];
      const bad = (r: RequestRecord): unknown => (r.uri === '/bad' ? handler() : OK);
      // In the content phase a string is a body.
      const expected = phase === 'content' && way === 'answers twice' ? 200 : status;
      const done = new Promise<void>((resolve) => {
        const config: ConfigObject = {
          handlerTimeout: 1,
          plugins: [log],
          accessHandler: (r) => ((r.authenticationRequired = true), OK),
          authenticateHandler: (r) => ((r.user = 'ann'), OK),
          authorizeHandler: () => OK,
          contentHandler: () => 'fine',
          [`${phase}Handler`]: phase === 'authenticate' ? (r: RequestRecord) => ((r.user = 'ann'), bad(r)) : bad,
          ...(phase === 'content'
            ? { fixupHandler: (r: RequestRecord) => (r.uri === '/good' ? (void r.write('fine'), OK) : OK) }
            : {}),
          logHandler: (r) => r.uri === '/bad' && walked.push('log'),
          cleanupHandler: (r) => r.uri === '/bad' && (walked.push('cleanup'), resolve()),
        };
        void serveBoth(config, expected, phase);
      });
      await done;
      expect(walked).toEqual(['log', 'cleanup']);
      if (expected === 200) return;
      expect(log.messages()).toHaveLength(1);
      expect(log.messages()[0]).toMatch(line);
      expect(log.messages()[0]).toContain(phase);
    },
  );
});

async function serveBoth(config: ConfigObject, status: number, phase: string): Promise<void> {
  const server = createServer(await testApp(config)).listen(0);
  const bad = request(server).get('/bad').expect(status);
  const good = request(server).get('/good').expect(200, 'fine');
  await Promise.all([bad, good])
    .finally(() => server.close())
    .catch((error: unknown) => {
      throw new Error(`in the phase ${phase}`, { cause: error });
    });
}
