import { describe, expect, it } from '@jest/globals';
import { type ConfigObject, OK, type RequestRecord } from '../../index.ts';
import { collectLog, testApp } from '../../testing/index.ts';
import { get, rawRequest } from '../raw-request.ts';

const never = (): Promise<never> => new Promise(() => undefined);

async function answer(config: ConfigObject): Promise<{ raw: string; errors: string[] }> {
  const log = collectLog();
  const raw = await rawRequest(await testApp({ handlerTimeout: 1, plugins: [log], ...config }), get('/'));
  return { raw, errors: log.messages() };
}

describe('HandlerTimeout', () => {
  it('answers with 503 for a handler that never does, aborts its signal and names it', async () => {
    let aborted: unknown;
    let late: unknown;
    async function sleepy(r: RequestRecord): Promise<typeof OK> {
      await new Promise((resolve) => r.signal.addEventListener('abort', resolve));
      aborted = r.signal.reason;
      try {
        await r.write('too late');
      } catch (error) {
        late = error;
      }
      return OK;
    }
    const { raw, errors } = await answer({ contentHandler: sleepy });
    expect(raw).toMatch(/^HTTP\/1\.1 503 /);
    expect(raw).not.toContain('too late');
    expect(String(aborted)).toContain('no byte moved for 1 s');
    expect(String(late)).toContain('the handler ran out of time');
    expect(errors).toEqual([expect.stringContaining('content handler sleepy: no answer')]);
  });

  it('holds in every phase', async () => {
    const { raw, errors } = await answer({ accessHandler: never, contentHandler: () => 'secret' });
    expect(raw).toMatch(/^HTTP\/1\.1 503 /);
    expect(errors[0]).toContain('access handler never');
  });

  it('cuts the connection after the head has left', async () => {
    const { raw } = await answer({
      async contentHandler(r) {
        await r.write('some');
        await r.flush();
        return never();
      },
    });
    expect(raw).toContain('some');
    expect(raw).not.toContain('0\r\n\r\n');
  });

  it('ends a filter that never ends', async () => {
    const { raw, errors } = await answer({
      outputFilter: ['STUCK', { data: never }],
      setOutputFilter: 'STUCK',
      contentHandler: () => 'text',
    });
    expect(raw).toMatch(/^HTTP\/1\.1 503 /);
    expect(errors[0]).toContain('the output filter STUCK: no answer');
  });

  it('does not end a handler that moves bytes', async () => {
    const { raw } = await answer({
      async contentHandler(r) {
        for (let count = 0; count < 4; count++) {
          await r.write(`${count} `);
          await r.flush();
          await new Promise((resolve) => setTimeout(resolve, 400));
        }
        return 'done';
      },
    });
    expect(raw).toContain('done');
  });
});
