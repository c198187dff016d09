import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { OK, type RequestRecord, type SectionObject } from '../../index.ts';
import type { Config } from '../../core/config/directive.ts';
import { collectLog, testApp } from '../../testing/index.ts';

/** `level name`: a list to which every section appends, so that the answer shows the order of merging. */
const levels = {
  name: 'levels',
  directives: {
    Level: {
      takes: 'one',
      usage: 'name',
      help: 'Appends a name.',
      contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
      override: 'FileInfo',
      default: [],
      parse: ([name]: readonly string[]) => [name],
      combine: (a: string[], b: string[]) => [...a, ...b],
      merge: (a: string[], b: string[]) => [...a, ...b],
    },
  },
};

const levelsOf = (config: Config): string => (config as unknown as { level: string[] }).level.join(' ');
const section = (keys: object): SectionObject => keys as SectionObject;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sluice-walk-'));
  mkdirSync(join(root, 'htdocs/sub'), { recursive: true });
  writeFileSync(join(root, 'htdocs/page.txt'), 'page');
  writeFileSync(join(root, 'htdocs/sub/page.txt'), 'sub page');
});
afterAll(() => rmSync(root, { recursive: true }));

async function ask(
  config: object,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<string> {
  const full = {
    documentRoot: join(root, 'htdocs'),
    contentHandler: (r: RequestRecord) => levelsOf(r.config),
    plugins: [levels, collectLog()],
    ...config,
  };
  const agent = request(await testApp(full));
  const sent = method === 'GET' ? agent.get(path) : agent.post(path);
  return (await sent.set(headers).expect(200)).text;
}

describe('the sections of a request', () => {
  it('are merged in the order of Apache, whatever their order in the file', async () => {
    writeFileSync(join(root, 'htdocs/.htaccess'), 'Level htaccess\n');
    const sections = [
      section({ if: "%{REQUEST_METHOD} == 'GET'", level: 'if' }),
      section({ location: '/page.txt', level: 'location' }),
      section({ locationMatch: '^/page', level: 'locationMatch' }),
      section({ location: '/', level: 'location2' }),
      section({ files: 'page.txt', level: 'files' }),
      section({ directoryMatch: 'htdocs', level: 'directoryMatch' }),
      section({ directory: join(root, 'htdocs'), allowOverride: 'All', level: 'docroot' }),
      section({ directory: '/', level: 'dir' }),
    ];
    expect(await ask({ level: 'server', sections }, '/page.txt')).toBe(
      'server dir docroot htaccess directoryMatch files location locationMatch location2 if',
    );
    rmSync(join(root, 'htdocs/.htaccess'));
  });

  it('go level by level for folders, with Files inside them', async () => {
    const sections = [
      section({
        directory: join(root, 'htdocs/sub'),
        level: 'sub',
        sections: [section({ files: '*.txt', level: 'subfiles' })],
      }),
      section({ directory: join(root, 'ht*'), level: 'wild' }),
      section({ directory: root, level: 'root' }),
    ];
    expect(await ask({ sections }, '/sub/page.txt')).toBe('root wild sub subfiles');
    expect(await ask({ sections }, '/page.txt')).toBe('root wild');
  });

  it('match a plain Location at a slash only, and in one case of letters', async () => {
    const sections = [section({ location: '/a', level: 'a' }), section({ location: '/a/', level: 'a/' })];
    const found = async (path: string): Promise<string> => ask({ sections }, path);
    expect([
      await found('/a'),
      await found('/a/'),
      await found('/a/b'),
      await found('/ab'),
      await found('/A'),
      await found('//a//b'),
    ]).toEqual(['a', 'a a/', 'a a/', '', '', 'a a/']);
  });

  it('take the values of a Route and the groups of an expression', async () => {
    const answer = (r: RequestRecord): object => ({ params: r.params, year: r.env.get('MATCH_YEAR') });
    const sections = [
      section({ route: '/users/:id', contentHandler: answer }),
      section({ locationMatch: '^/(?<year>\\d{4})/', contentHandler: answer }),
    ];
    expect(JSON.parse(await ask({ sections }, '/users/a%20b'))).toEqual({ params: { id: 'a b' } });
    expect(JSON.parse(await ask({ sections }, '/2024/x'))).toEqual({ params: {}, year: '2024' });
  });

  it('run one branch of If, ElseIf and Else', async () => {
    const sections = [
      section({ if: "%{HTTP:X-A} == '1'", level: 'one' }),
      section({ elseIf: "%{HTTP:X-A} == '2'", level: 'two' }),
      section({ else: true, level: 'other' }),
    ];
    expect(await ask({ sections }, '/', { 'X-A': '1' })).toBe('one');
    expect(await ask({ sections }, '/', { 'X-A': '2' })).toBe('two');
    expect(await ask({ sections }, '/')).toBe('other');
  });

  it('nest: an If inside a section that matched, and inside an If', async () => {
    const sections = [
      section({
        location: '/in',
        sections: [section({ if: 'true', level: 'if', sections: [section({ if: 'true', level: 'inner' })] })],
      }),
    ];
    expect(await ask({ sections }, '/in/x')).toBe('if inner');
    expect(await ask({ sections }, '/out')).toBe('');
  });

  it('depend on the method under Limit, with HEAD as GET', async () => {
    const sections = [section({ limit: 'POST', level: 'post' }), section({ limitExcept: ['GET'], level: 'not-get' })];
    expect(await ask({ sections }, '/', {}, 'POST')).toBe('post not-get');
    expect(await ask({ sections }, '/')).toBe('');
  });

  it('share one plan between requests to which the same ones apply', async () => {
    const plans: unknown[] = [];
    const contentHandler = (r: RequestRecord): typeof OK => (plans.push(r.plan), OK);
    const app = await testApp({
      contentHandler,
      sections: [{ location: '/a', sections: [{ if: '-n %{QUERY_STRING}', debug: false }] }],
    });
    for (const path of ['/a/1', '/a/2', '/a/1?x', '/a/2?y', '/b']) await request(app).get(path);
    expect([plans[0] === plans[1], plans[2] === plans[3], plans[0] === plans[2], plans[0] === plans[4]]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(Object.isFrozen((plans[0] as { config: object }).config)).toBe(true);
  });
});

describe('.htaccess files', () => {
  const file = (): string => join(root, 'htdocs/sub/.htaccess');
  const config = (): object => ({ sections: [section({ directory: root, allowOverride: 'FileInfo' })] });

  it('count at once when they appear, change and go', async () => {
    const app = await testApp({
      documentRoot: join(root, 'htdocs'),
      contentHandler: (r) => levelsOf(r.config),
      plugins: [levels],
      ...config(),
    });
    const answers: string[] = [];
    for (const text of [undefined, 'Level one\n', 'Level two\n', 'Level one\nLevel more\n', undefined]) {
      if (text === undefined) rmSync(file(), { force: true });
      else writeFileSync(file(), text);
      answers.push((await request(app).get('/sub/page.txt')).text, (await request(app).get('/page.txt')).text);
    }
    expect(answers).toEqual(['', '', 'one', '', 'two', '', 'one more', '', '', '']);
  });

  it('are parsed once for the same content', async () => {
    let parsed = 0;
    const counting = {
      ...levels,
      directives: { Level: { ...levels.directives.Level, parse: (args: readonly string[]) => (parsed++, [...args]) } },
    };
    const app = await testApp({
      documentRoot: join(root, 'htdocs'),
      contentHandler: (r) => levelsOf(r.config),
      plugins: [counting],
      ...config(),
    });
    writeFileSync(file(), 'Level once\n');
    for (let count = 0; count < 3; count++) await request(app).get('/sub/page.txt').expect('once');
    writeFileSync(file(), 'Level once\n');
    await Promise.all([1, 2, 3].map(() => request(app).get('/sub/page.txt').expect('once')));
    expect(parsed).toBe(1);
    rmSync(file());
  });

  it('that are wrong are a 500 for their folder only, with file and line in the log', async () => {
    const log = collectLog();
    const app = await testApp({
      documentRoot: join(root, 'htdocs'),
      contentHandler: () => 'fine',
      plugins: [levels, log],
      ...config(),
    });
    writeFileSync(file(), '\nNonsense on\n');
    await request(app).get('/sub/page.txt').expect(500);
    await request(app).get('/page.txt').expect(200);
    expect(log.messages()[0]).toContain(`${file()}:2:`);
    rmSync(file());
  });

  it('are not looked at where AllowOverride is None', async () => {
    writeFileSync(file(), 'Nonsense on\n');
    expect(await ask({}, '/sub/page.txt')).toBe('');
    rmSync(file());
  });
});
