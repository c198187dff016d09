import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Site, closeSites, serve } from '../core/host/raw-client.ts';
import { makeSite } from '../make-site.ts';

const large = randomBytes(1_000_000);
const folder = makeSite({ 'a.txt': 'hello\n', 'large.bin': large, 'a.html': '<p>hello</p>\n' });

/** Each is the output filter of the URLs below its name, and the input filter of those below `/in-NAME`. */
const programs: Readonly<Record<string, string>> = {
  upper: 'cmd="/usr/bin/tr a-z A-Z"',
  cat: 'cmd=/bin/cat',
  hex: 'cmd="/usr/bin/od -v -An -tx1"',
  html: 'intype=text/html outtype=text/x-shout cmd="/usr/bin/tr a-z A-Z"',
  missing: 'cmd=/nowhere/program',
  deaf: 'cmd="/bin/sh -c \'exec <&-; echo instead\'"',
  failing: 'cmd="/bin/sh -c \'cat; echo trouble >&2; exit 3\'"',
  killed: 'cmd="/bin/sh -c \'kill -9 $$\'"',
  endless: 'cmd="/bin/sh -c \'cat >/dev/null; sleep 87654\'"',
  lazy: 'cmd="/bin/sleep 87655"',
};

/** Those that never come to their end. */
const never = new Set(['endless', 'lazy']);

let site: Site;

beforeAll(async () => {
  const names = Object.keys(programs);
  site = await serve({
    documentRoot: folder,
    alias: names.map((name) => [`/${name}/`, `${folder}/`] as const),
    extFilterDefine: names.flatMap((name) => [`${name} ${programs[name]}`, `in-${name} mode=input ${programs[name]}`]),
    sections: names.flatMap((name) => [
      {
        location: `/${name}`,
        setOutputFilter: name,
        extFilterOptions: 'LogStderr',
        handlerTimeout: never.has(name) ? 1 : 60,
      },
      {
        location: `/in-${name}`,
        setInputFilter: `in-${name}`,
        contentHandler: async (r: { read(): Promise<Buffer> }) => r.read(),
      },
    ]),
  });
});

afterAll(closeSites);

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: Buffer;
  readonly cut: boolean;
}

async function ask(path: string, body?: Buffer): Promise<Answer> {
  const request = httpRequest(new URL(path, site.url), { method: body === undefined ? 'GET' : 'POST', agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  let cut = false;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    cut = true;
  }
  return { status: response.statusCode, type: response.headers['content-type'], body: Buffer.concat(chunks), cut };
}

function running(pattern: string): string {
  return execFileSync('/bin/sh', ['-c', `pgrep -f "^${pattern}" || true`]).toString();
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 60 && !condition(); tries++) await setTimeout(50);
}

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const inHex = (bytes: Buffer): string => bytes.toString('hex');

describe('A program as a filter', () => {
  it('changes responses', async () => {
    expect(await ask('/upper/a.txt')).toMatchObject({ status: 200, body: Buffer.from('HELLO\n'), cut: false });
  });

  it('changes requests', async () => {
    expect(await ask('/in-upper', Buffer.from('hello'))).toMatchObject({ status: 200, body: Buffer.from('HELLO') });
    expect(await ask('/in-upper', Buffer.alloc(0))).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  it('takes and makes more than any pipe holds, in both directions', async () => {
    expect(sha((await ask('/cat/large.bin')).body)).toBe(sha(large));
    expect(sha((await ask('/in-cat', large)).body)).toBe(sha(large));
    const made = (await ask('/hex/large.bin')).body.toString().replace(/\s/g, '');
    expect(made === inHex(large)).toBe(true);
  });

  it('is asked for bodies of its type, and says what they become', async () => {
    expect(await ask('/html/a.txt')).toMatchObject({ type: 'text/plain', body: Buffer.from('hello\n') });
    expect(await ask('/html/a.html')).toMatchObject({ type: 'text/x-shout', body: Buffer.from('<P>HELLO</P>\n') });
  });

  it('may end without having read the body', async () => {
    expect(await ask('/deaf/large.bin')).toMatchObject({ status: 200, body: Buffer.from('instead\n') });
    expect(await ask('/in-deaf', large)).toMatchObject({ status: 200, body: Buffer.from('instead\n') });
  });

  it('that is not there is a 500, and one line in the log', async () => {
    const before = site.log.messages().length;
    expect(await ask('/missing/a.txt')).toMatchObject({ status: 500 });
    expect(await ask('/in-missing', Buffer.from('x'))).toMatchObject({ status: 500 });
    const lines = site.log.messages().slice(before);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("the filter missing can't start /nowhere/program: spawn /nowhere/program ENOENT");
    expect(lines[1]).toContain("the filter in-missing can't start /nowhere/program");
  });

  it('that fails is told of in the log, with what it complains of', async () => {
    const before = site.log.messages().length;
    expect(await ask('/failing/a.txt')).toMatchObject({ status: 200, body: Buffer.from('hello\n') });
    const lines = site.log.messages().slice(before);
    expect(lines).toEqual(['failing: trouble', 'failing: /bin/sh ended with the status 3']);
  });

  it('that a signal ends is an error', async () => {
    expect(await ask('/killed/a.txt')).toMatchObject({ status: 500 });
    expect(site.log.messages().join()).toContain('the program /bin/sh was ended by SIGKILL');
  });

  it.each(['endless', 'lazy'])('that never comes to its end (%s) is ended by HandlerTimeout', async (name) => {
    expect(await ask(`/${name}/a.txt`)).toMatchObject({ status: 503 });
    await until(() => running('sleep 87654') === '' && running('/bin/sleep 87655') === '');
    expect(running('sleep 87654') + running('/bin/sleep 87655')).toBe('');
    expect(site.log.messages().join()).toContain('HandlerTimeout');
  });

  it('that reads nothing holds up a large body only until then', async () => {
    expect((await ask('/lazy/large.bin')).status).toBe(503);
  });

  it('ends when the client is gone', async () => {
    const request = httpRequest(new URL('/endless/a.txt', site.url), { agent: false });
    request.on('error', () => undefined).end();
    await until(() => running('sleep 87654') !== '');
    expect(running('sleep 87654')).not.toBe('');
    request.destroy();
    await until(() => running('sleep 87654') === '');
    expect(running('sleep 87654')).toBe('');
  });

  const hasProc = existsSync('/proc/self/fd');
  (hasProc ? it : it.skip)('leaves no descriptor and no dead process behind (needs /proc)', async () => {
    await Promise.all(['/upper/a.txt', '/missing/a.txt', '/deaf/large.bin', '/killed/a.txt'].map((path) => ask(path)));
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    await setTimeout(100);
    const before = descriptors();
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        ['/upper/a.txt', '/missing/a.txt', '/deaf/large.bin', '/killed/a.txt'].map((path) => ask(path)),
      );
    }
    await until(() => descriptors() <= before);
    expect(descriptors()).toBeLessThanOrEqual(before);
    const dead = execFileSync('/bin/sh', ['-c', `ps --ppid ${process.pid} -o stat= | grep -c Z || true`]).toString();
    expect(dead.trim()).toBe('0');
  });
});
