import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { LoadedHandler } from '../../core/config/directive.ts';
import { loadExport, loadHandler, loadHandlers } from '../../core/handler-loader.ts';
import { moduleImporter } from '../../core/module-importer.ts';

const importModule = moduleImporter();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-loader-'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('level.ts', 'export enum Level { High = 3 }');
  write(
    'users.ts',
    `import { Level } from './level';
     export default () => 'default';
     export const contentHandler = () => 'content ' + Level.High;
     export const show = (r: { name: string }): string => 'show ' + r.name;
     export const group = { title: 'g', inner() { return this.title; } };
     export const filter = { type: 'resource' };
     export class Page {
       static made = 0;
       r: { name: string };
       constructor(r: { name: string }) { this.r = r; Page.made++; }
       view() { return this.r.name + Page.made; }
       check() { return 'checked ' + Page.made; }
     }`,
  );
  write('plain.mjs', 'export default () => "plain";');
  write('broken.ts', '\nthrow new TypeError("no database");');
  write('unparsable.ts', 'export const = 1;');
  const pack = join(folder, 'node_modules', 'some-package');
  mkdirSync(pack, { recursive: true });
  writeFileSync(
    join(pack, 'package.json'),
    '{"name":"some-package","type":"module","exports":{"import":"./index.js"}}',
  );
  writeFileSync(join(pack, 'index.js'), 'export const hello = () => "from a package";');
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (argument: string, key = 'contentHandler'): Promise<LoadedHandler> =>
  loadHandler(argument, { folder, key, importModule });

const call = async (argument: string, subject: object = {}): Promise<unknown> =>
  (await load(argument)).call(subject as never);

describe('loadHandler', () => {
  it('takes the export named like the key, else the default one', async () => {
    expect(await call('./users.ts')).toBe('content 3');
    expect((await load('./users.ts', 'logHandler')).call({} as never)).toBe('default');
    expect(await call('./plain.mjs')).toBe('plain');
  });

  it('takes the export after "::", and keeps the spelling as the name', async () => {
    expect(await call('./users.ts::show', { name: 'mia' })).toBe('show mia');
    expect((await load('./users.ts::show')).name).toBe('./users.ts::show');
    expect(await call(`${join(folder, 'users.ts')}::show`, { name: 'jo' })).toBe('show jo');
  });

  it('keeps `this` for a method of an object', async () => {
    expect(await call('./users.ts::group.inner')).toBe('g');
  });

  it('makes one instance of a class per request, shared by its methods', async () => {
    const view = await load('./users.ts::Page.view');
    const check = await load('./users.ts::Page.check');
    const first = { name: 'a' };
    expect(view.call(first as never)).toBe('a1');
    expect(check.call(first as never)).toBe('checked 1');
    expect(view.call({ name: 'b' } as never)).toBe('b2');
  });

  it('finds packages from the folder', async () => {
    expect(await call('some-package::hello')).toBe('from a package');
  });

  it('takes a function as it is', async () => {
    const hello = (): string => 'hello';
    expect(await loadHandler(hello, { folder, key: 'contentHandler', importModule })).toEqual({
      name: 'hello',
      call: hello,
    });
  });

  it.each([
    ['./user.ts', 'user.ts; did you mean "users.ts"?'],
    ['users.ts::show', 'there is no package users.ts to be found from '],
    ['users.ts::show', '; the file is named ./users.ts'],
    ['no-such-package::x', '; is it installed?'],
    ['./users.ts::shwo', './users.ts::shwo: there is no shwo; there is '],
    ['./users.ts::shwo', 'did you mean "show"?'],
    ['./level.ts', './level.ts exports neither contentHandler nor a default; there is Level'],
    ['./users.ts::filter', './users.ts::filter must be a function, but is of type object'],
    ['./users.ts::Page', 'is a class; name one of its methods, as in ::Page.method'],
    ['./users.ts::Page.veiw', 'class Page has no method veiw; did you mean "view"?'],
    ['./users.ts::group.title.x', 'there is no x, as what should have it is string'],
    ['./broken.ts', "./broken.ts can't be imported: TypeError: no database ("],
    ['./unparsable.ts', 'unparsable.ts:1'],
  ])('says what is wrong with %s', async (argument, message) => {
    await expect(load(argument)).rejects.toThrow(message);
  });

  it('says where a module threw', async () => {
    await expect(load('./broken.ts')).rejects.toThrow(`(${join(folder, 'broken.ts')}:2)`);
  });
});

describe('loadExport', () => {
  it('takes what is no function, too', async () => {
    expect(await loadExport('./users.ts::filter', { folder, key: 'outputFilter', importModule })).toEqual({
      name: './users.ts::filter',
      value: { type: 'resource' },
    });
  });
});

describe('loadHandlers', () => {
  it('takes the exports of the given names and no others', async () => {
    const found = await loadHandlers('./users.ts', ['contentHandler', 'logHandler'], { folder, importModule });
    expect([...found.keys()]).toEqual(['contentHandler']);
    expect(found.get('contentHandler')).toMatchObject({ name: './users.ts::contentHandler' });
  });
});
