import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { type ReadyApp, collectLog, testApp } from 'sluice/testing';
import request from 'supertest';
import plugin from '../index.ts';

const isThere = spawnSync('redis-server', ['--version']).status === 0;

describe('a limit in Redis', { skip: isThere ? false : 'the program redis-server is missing' }, () => {
  let port: number;
  let redis: ChildProcess;

  before(async () => {
    port = await freePort();
    redis = await startRedis(port);
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.close()));
    redis.kill();
  });

  const log = collectLog();
  const servers: ReadyApp[] = [];
  const newServer = async (onError: 'allow' | 'refuse' = 'allow'): Promise<ReadyApp> => {
    const server = await testApp({
      plugins: [log, plugin],
      rateLimitStore: `redis://127.0.0.1:${port}/1`,
      rateLimitOnError: onError,
      contentHandler: () => 'Hello World!\n',
      sections: [
        { location: '/hour', rateLimit: ['3/1h', 'address', 'hour'] },
        { location: '/day', rateLimit: ['2/1d', 'address', 'day'] },
      ],
    });
    servers.push(server);
    return server;
  };

  it('counts for all servers together', async () => {
    const [one, two] = await Promise.all([newServer(), newServer()]);
    await request(one)
      .get('/hour')
      .expect(200)
      .expect('RateLimit', /^"3\/1h";r=2;t=1200$/);
    await request(two).get('/hour').expect(200).expect('RateLimit', /;r=1;/);
    await request(one).get('/hour').expect(200).expect('RateLimit', /;r=0;/);
    const { headers } = await request(two).get('/hour').expect(429);
    assert.match(headers['retry-after']!, /^1[12]\d\d$/);
  });

  it('lets in no more than the limit, however many ask at once', async () => {
    const server = await newServer();
    const answers = await Promise.all(Array.from({ length: 12 }, () => request(server).get('/day')));
    assert.equal(answers.filter(({ status }) => status === 200).length, 2);
  });

  it('does not wait for a Redis that has stopped answering', async () => {
    const server = await newServer('refuse');
    redis.kill('SIGSTOP');
    await request(server).get('/hour').expect(503);
    redis.kill('SIGCONT');
    assert.match(log.messages('error').join(), /the Redis has not answered within 1000 ms/);
  });

  it('goes by RateLimitOnError while the Redis is gone, and counts again when it is back', async () => {
    const [open, closed] = await Promise.all([newServer('allow'), newServer('refuse')]);
    redis.kill();
    await once(redis, 'exit');
    await request(open).get('/hour').expect(200);
    await request(closed).get('/hour').expect(503);
    assert.match(log.messages('error').join(), /the store can't be asked/);
    redis = await startRedis(port);
    while (!log.messages('info').includes('the Redis is back')) await new Promise((done) => setTimeout(done, 20));
    await request(closed).get('/hour').expect(200).expect('RateLimit', /;r=2;/);
  });
});

async function startRedis(port: number): Promise<ChildProcess> {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    tmpdir(),
  ];
  const redis = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of redis.stdout.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
  redis.stdout.resume();
  return redis;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
