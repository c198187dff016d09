import { describe, expect, it } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { type ConfigObject, OK, type RequestRecord } from '../../index.ts';
import { collectLog, testApp, testHandler } from '../../testing/index.ts';
import { get, rawRequest } from '../raw-request.ts';

const fails = (): never => {
  throw new Error('the secret reason');
};

async function answer(
  handler: (r: RequestRecord) => unknown,
  config: ConfigObject = {},
): Promise<{ raw: string; errors: string[]; logged: number }> {
  const log = collectLog();
  let logged = 0;
  const logHandler = (): void => void logged++;
  const app: RequestListener = await testHandler(handler as never, { ...config, logHandler, plugins: [log] });
  const raw = await rawRequest(app, get('/'));
  return { raw, errors: log.messages(), logged };
}

describe('an error before the head has left', () => {
  it('gives a clean error page: what was written and set is dropped, errHeadersOut is kept', async () => {
    const { raw, errors } = await answer(async (r) => {
      r.headersOut.set('X-Dropped', 'yes');
      r.errHeadersOut.set('X-Kept', 'yes');
      r.contentType = 'image/png';
      await r.write('half an ans');
      fails();
    });
    expect(raw).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/);
    expect(raw).toContain('X-Kept: yes');
    expect(raw).toContain('Content-Type: text/html; charset=utf-8');
    expect(raw).not.toContain('X-Dropped');
    expect(raw).not.toContain('half an ans');
    expect(raw).not.toContain('secret');
    expect(errors[0]).toContain('the secret reason');
  });

  it('drops as much as fits the buffer', async () => {
    const { raw } = await answer(async (r) => {
      await r.write('x'.repeat(8_191));
      fails();
    });
    expect(raw).toMatch(/^HTTP\/1\.1 500 /);
  });

  it.each([
    ['a name', 'X Y', 'v'],
    ['a value', 'X-Bad', 'a\r\nInjected: 1'],
  ])('is a header that HTTP does not allow, by %s', async (_, name, value) => {
    for (const table of ['headersOut', 'errHeadersOut'] as const) {
      const { raw, errors } = await answer((r) => (r[table].set(name, value), 'body'));
      expect(raw).toMatch(/^HTTP\/1\.1 500 /);
      expect(raw).not.toContain('Injected');
      expect(errors[0]).toMatch(/Invalid character|valid HTTP token/);
    }
  });

  it.each([0, 99, 1_000, 3.5])('is r.status = %s', async (status) => {
    const { raw } = await answer((r) => ((r.status = status), 'body'));
    expect(raw).toMatch(/^HTTP\/1\.1 500 /);
  });

  it('is a Content-Length that is no number', async () => {
    const { raw, errors } = await answer(async (r) => {
      r.headersOut.set('Content-Length', '7 bytes');
      await r.flush();
      return 'bytes';
    });
    expect(raw).toMatch(/^HTTP\/1\.1 500 /);
    expect(errors[0]).toContain('Content-Length must be a number of bytes');
  });
});

describe('an error after the head has left', () => {
  it('cuts a chunked answer, so that no final chunk comes', async () => {
    const { raw, errors, logged } = await answer(async (r) => {
      await r.write('some');
      await r.flush();
      fails();
    });
    expect(raw).toContain('Transfer-Encoding: chunked');
    expect(raw).toContain('4\r\nsome\r\n');
    expect(raw).not.toContain('0\r\n\r\n');
    expect(raw.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(raw).not.toContain('secret');
    expect(errors).toEqual([
      expect.stringContaining('the secret reason'),
      expect.stringContaining('the connection is cut'),
    ]);
    expect(logged).toBe(1);
  });

  it('cuts an answer with Content-Length short', async () => {
    const { raw, logged } = await answer(async (r) => {
      r.headersOut.set('Content-Length', 10);
      await r.write('some');
      await r.flush();
      fails();
    });
    expect(raw).toMatch(/Content-Length: 10\r\n[\s\S]*\r\n\r\nsome$/);
    expect(logged).toBe(1);
  });

  it('resets the connection of a client of HTTP/1.0, for which closing it would be the end of the body', async () => {
    const app = await testHandler(
      async (r) => {
        await r.write('some');
        await r.flush();
        return fails();
      },
      { plugins: [collectLog()] },
    );
    await expect(rawRequest(app, 'GET / HTTP/1.0\r\n\r\n')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('is a status that a handler returns, too', async () => {
    const { raw } = await answer(async (r) => {
      await r.write('some');
      await r.flush();
      return 404;
    });
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(raw).not.toContain('Not Found');
    expect(raw).not.toContain('0\r\n\r\n');
  });

  it('happens without flush when the buffer is full', async () => {
    const { raw } = await answer(async (r) => {
      await r.write('x'.repeat(16_384));
      await r.write('y');
      fails();
    });
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(raw).not.toContain('0\r\n\r\n');
  });

  it('is a stream that breaks midway', async () => {
    const { raw, logged } = await answer(async function* () {
      yield 'x'.repeat(20_000);
      yield 'y';
      fails();
    });
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(raw).not.toContain('0\r\n\r\n');
    expect(logged).toBe(1);
  });
});

describe('Content-Length', () => {
  it('is counted by the engine where the body is whole', async () => {
    const { raw } = await answer((r) => (r.headersOut.set('Content-Length', 99), 'grün'));
    expect(raw).toContain('Content-Length: 5\r\n');
  });

  it('is kept to: more bytes than promised cut the connection', async () => {
    const { raw, errors } = await answer(async (r) => {
      r.headersOut.set('Content-Length', 4);
      await r.flush();
      await r.write('12345678');
      return OK;
    });
    expect(raw).toMatch(/\r\n\r\n$/);
    expect(errors[0]).toContain('more bytes than the 4 that Content-Length promised');
  });

  it('is kept to: fewer bytes than promised cut the connection', async () => {
    const { raw, errors } = await answer(async (r) => {
      r.headersOut.set('Content-Length', 8);
      await r.flush();
      return '1234';
    });
    expect(raw.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(errors[0]).toContain('ended after 4 bytes, but Content-Length promised 8');
  });
});

describe('the record after its time', () => {
  it('refuses changes of the head once it has left, by name', async () => {
    const late: string[] = [];
    const attempt = (work: () => unknown): void => {
      try {
        work();
        late.push('allowed');
      } catch (error) {
        late.push((error as Error).name);
      }
    };
    const { raw } = await answer(async (r) => {
      await r.flush();
      attempt(() => r.headersOut.set('X-Late', '1'));
      attempt(() => r.errHeadersOut.append('Set-Cookie', 'a=1'));
      attempt(() => (r.status = 404));
      attempt(() => (r.contentType = 'text/html'));
      attempt(() => r.internalRedirect('/other'));
      attempt(() => r.varyOn('Accept'));
      return OK;
    });
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(late.slice(0, 6)).toEqual([...Array<string>(5).fill('TooLateError'), 'allowed']);
  });

  it('refuses writes after the end', async () => {
    let kept: RequestRecord | undefined;
    await rawRequest(await testApp({ contentHandler: (r) => ((kept = r), 'whole') }), get('/'));
    expect(() => kept!.write('more')).toThrow('write came too late: the request has ended');
    expect(() => kept!.flush()).toThrow('flush came too late');
    await expect(kept!.sendFile('/etc/hostname')).rejects.toThrow('sendFile came too late');
  });

  it('takes text and bytes only', async () => {
    const { errors } = await answer((r) => r.write(7 as never));
    expect(errors[0]).toContain('write takes text or bytes, but was given number');
  });
});
