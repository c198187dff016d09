import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execute } from '../../examples/resp/commands.ts';
import { fits } from '../../examples/resp/glob.ts';
import { RequestParser } from '../../examples/resp/request-parser.ts';
import { Store } from '../../examples/resp/store.ts';
import { type ConnectionHandler, createApp } from '../../index.ts';
import { type TestConnection, runConnection, testConnection } from '../../testing/index.ts';

const folder = fileURLToPath(new URL('../../examples/resp', import.meta.url));
const { connectionHandler } = (await import(`${folder}/resp.ts`)) as { connectionHandler: ConnectionHandler };
const hasRedis = spawnSync('which', ['redis-cli', 'redis-benchmark']).status === 0;
const run = promisify(execFile);

/** A request as clients send it. */
function request(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

async function replies(...input: readonly string[]): Promise<string> {
  return (await runConnection(connectionHandler, input)).text;
}

describe('The example of a key-value store', () => {
  it('has a config that is right', async () => {
    const app = createApp(`${folder}/sluice.config.ts`);
    await app.ready();
    expect(app.generation.hosts.main.config.listen).toMatchObject([{ host: '127.0.0.1', port: 6_380 }]);
    await app.stop();
  });

  it('answers a pipeline in order, however it is cut', async () => {
    const pipeline = [['SET', 'a', 'ä\r\n'], ['GET', 'a'], ['GET', 'b'], ['PING'], ['DEL', 'a', 'b']];
    expect(await replies(...pipeline.map((words) => request(...words)))).toBe(
      '+OK\r\n$4\r\nä\r\n\r\n$-1\r\n+PONG\r\n:1\r\n',
    );
  });

  it('answers lines that people type', async () => {
    expect(await replies('\r\n  ping\r\nECHO  hello\nquit\r\nping\r\n')).toBe('+PONG\r\n$5\r\nhello\r\n+OK\r\n');
  });

  it.each([
    ['an argument of another type', '*1\r\n:1\r\n', "expected '$', got ':'"],
    ['a length that is no number', '*1\r\n$x\r\n', 'invalid bulk length'],
    ['an argument above the limit', '*1\r\n$2000000\r\n', 'invalid bulk length'],
    ['too many arguments', '*2000\r\n', 'invalid multibulk length'],
    ['a line without an end', 'x'.repeat(70_000), 'too big inline request'],
  ])('says what is wrong with %s, after the answers before it, and closes', async (_, input, message) => {
    expect(await replies(request('PING') + input)).toBe(`+PONG\r\n-ERR Protocol error: ${message}\r\n`);
  });
});

describe('The commands of the example', () => {
  const store = new Store(1_000);
  const cases: readonly (readonly [words: string, reply: string])[] = [
    ['nothing x', "-ERR unknown command 'nothing'\r\n"],
    ['GET', "-ERR wrong number of arguments for 'get' command\r\n"],
    ['SET n 41', '+OK\r\n'],
    ['INCR n', ':42\r\n'],
    ['DECR n', ':41\r\n'],
    ['INCRBY n x', '-ERR value is not an integer or out of range\r\n'],
    ['SET w word NX', '+OK\r\n'],
    ['SET w other NX', '$-1\r\n'],
    ['SET w other XX', '+OK\r\n'],
    ['INCR w', '-ERR value is not an integer or out of range\r\n'],
    ['SET w x EX 0', "-ERR invalid expire time in 'set' command\r\n"],
    ['SET w x AT 5', '-ERR syntax error\r\n'],
    ['TTL w', ':-1\r\n'],
    ['EXPIRE w 100', ':1\r\n'],
    ['TTL w', ':100\r\n'],
    ['EXPIRE missing 100', ':0\r\n'],
    ['TTL missing', ':-2\r\n'],
    ['EXISTS n w x', ':2\r\n'],
    ['KEYS ?', '*2\r\n$1\r\nn\r\n$1\r\nw\r\n'],
    ['SCAN 0 COUNT 1', '*2\r\n$1\r\n1\r\n*1\r\n$1\r\nn\r\n'],
    ['SCAN 1 MATCH n*', '*2\r\n$1\r\n0\r\n*0\r\n'],
    ['DBSIZE', ':2\r\n'],
    ['EXPIRE w -1', ':1\r\n'],
    ['GET w', '$-1\r\n'],
    ['FLUSHALL', '+OK\r\n'],
    ['DBSIZE', ':0\r\n'],
  ];

  it.each(cases)('%s', (words, reply) => {
    expect(execute(store, words.split(' '))).toBe(reply);
  });

  it('keep no more than there is room for', () => {
    const small = new Store(1_000);
    expect(execute(small, ['SET', 'a', 'x'.repeat(500)])).toBe('+OK\r\n');
    expect(execute(small, ['SET', 'b', 'x'.repeat(500)])).toMatch(/^-OOM /);
    expect(execute(small, ['EXPIRE', 'a', '-1'])).toBe(':1\r\n');
    expect(execute(small, ['SET', 'b', 'x'.repeat(500)])).toBe('+OK\r\n');
  });

  it('find keys by patterns, at no great cost', () => {
    for (const [pattern, text] of [
      ['*', ''],
      ['a*c', 'abbc'],
      ['a[b-d]e', 'ace'],
      ['a[^b]c', 'axc'],
      ['\\*', '*'],
      ['**a', 'a'],
    ] as const) {
      expect(fits(pattern, text)).toBe(true);
    }
    for (const [pattern, text] of [
      ['a', ''],
      ['a?', 'a'],
      ['a[b-d]e', 'aee'],
      ['\\*', 'a'],
    ] as const) {
      expect(fits(pattern, text)).toBe(false);
    }
    expect(fits(`${'*a'.repeat(20)}b`, 'a'.repeat(10_000))).toBe(false);
  });

  it('are found in any bytes that a network cuts, or the bytes are refused', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ minLength: 1 }), { minLength: 1 })), fc.nat(), (sent, cut) => {
        const bytes = Buffer.from(sent.map((words) => request(...words)).join(''));
        const parser = new RequestParser();
        const read: (readonly string[])[] = [];
        for (const piece of [bytes.subarray(0, cut % (bytes.length + 1)), bytes.subarray(cut % (bytes.length + 1))]) {
          parser.add(piece);
          for (let words = parser.next(); words !== undefined; words = parser.next()) read.push(words);
        }
        expect(read.map((words) => words.map((word) => Buffer.from(word, 'latin1').toString()))).toEqual(sent);
      }),
    );
  });
});

(hasRedis ? describe : describe.skip)(
  'The example, with the programs of Redis (skipped where redis-cli is missing)',
  () => {
    let server: TestConnection;
    beforeAll(async () => void (server = await testConnection({ connectionHandler: `${folder}/resp.ts` })));
    afterAll(() => server.stop());

    const cli = async (...words: readonly string[]): Promise<string> =>
      (await run('redis-cli', ['-p', String(server.port), ...words])).stdout;

    it('serves redis-cli', async () => {
      expect(await cli('SET', 'greeting', 'hello world', 'EX', '100')).toBe('OK\n');
      expect(await cli('GET', 'greeting')).toBe('hello world\n');
      expect(await cli('INCR', 'greeting')).toBe('ERR value is not an integer or out of range\n\n');
      expect(await cli('--scan', '--pattern', 'greet*')).toBe('greeting\n');
      expect(await cli('FLUSHALL')).toBe('OK\n');
    });

    it('serves redis-benchmark, with pipelines', async () => {
      const args = ['-p', String(server.port), '-n', '2000', '-c', '20', '-P', '8', '-t', 'ping,set,get,incr', '--csv'];
      const { stdout } = await run('redis-benchmark', args);
      expect(stdout.match(/^"(?:PING_INLINE|PING_MBULK|SET|GET|INCR)"/gm)).toHaveLength(5);
      expect(await cli('DBSIZE')).not.toBe('0\n');
    });
  },
);
