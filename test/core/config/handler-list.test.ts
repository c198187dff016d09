import { describe, expect, it } from '@jest/globals';

import type { DirectiveSite } from '../../../core/config/directive.ts';
import { extensionOf, handlerListDirective, handlersFor } from '../../../core/config/handler-list.ts';
import type { HandlerList } from '../../../core/config/handler-list.ts';

const declaration = handlerListDirective('FixupHandler', { help: 'Last changes.' });

const parse = async (text: string, declared = declaration): Promise<HandlerList> => {
  const site = {
    name: 'FixupHandler',
    args: text.split(' ').filter((word) => word !== ''),
    fail: (message: string) => {
      throw new Error(message);
    },
    loadHandler: (name: string) => Promise.resolve({ name, call: () => 0 }),
  };
  const list = await declared.parse?.([], site as unknown as DirectiveSite);
  return list ?? { handlers: [], byExtension: new Map() };
};

const names = (list: HandlerList | undefined, file: string): string[] =>
  list === undefined ? [] : handlersFor(list, file).map(({ name }) => name);

describe('a handler list', () => {
  it('counts for every file, or for those of its extensions', async () => {
    expect(names(await parse('a b'), '/x/y.html')).toEqual(['a', 'b']);
    const restricted = await parse('a | .html .tar.gz');
    expect(names(restricted, '/x/y.html')).toEqual(['a']);
    expect(names(restricted, '/x.html/y.tar.gz')).toEqual(['a']);
    expect(names(restricted, '/x/y.gz')).toEqual([]);
  });

  it('appends in one section, and an extension’s list takes precedence', async () => {
    const list = declaration.combine?.(await parse('a'), await parse('b | .md'));
    const all = declaration.combine?.(list ?? (await parse('x')), await parse('c'));
    expect(names(all, 'x.txt')).toEqual(['a', 'c']);
    expect(names(all, 'x.md')).toEqual(['b']);
  });

  it('replaces an outer one: all of it without an extension, otherwise the extension’s', async () => {
    const outer = declaration.combine?.(await parse('a'), await parse('b | .md')) ?? (await parse('x'));
    expect(names(declaration.merge?.(outer, await parse('c')), 'x.md')).toEqual(['c']);
    const inner = declaration.merge?.(outer, await parse('c | .txt'));
    expect(['x.md', 'x.txt', 'x.css'].map((file) => names(inner, file))).toEqual([['b'], ['c'], ['a']]);
  });

  it.each([
    ['', 'FixupHandler needs at least one handler'],
    ['| .md', 'FixupHandler needs at least one handler'],
    ['a |', 'after "|" come extensions with their dot'],
    ['a | md', 'after "|" come extensions with their dot'],
  ])('is refused as in "%s"', async (text, message) => {
    await expect(parse(text)).rejects.toThrow(message);
  });

  it('has no extensions in phases before the file is known', async () => {
    const early = handlerListDirective('TranslateHandler', { help: 'Where is it?', serverOnly: true });
    await expect(parse('a | .md', early)).rejects.toThrow("can't be restricted");
    expect(early.contexts).toEqual(['server config', 'virtual host']);
  });
});

it.each([
  ['/a.b/c.tar.gz', '.tar.gz'],
  ['/a/.htaccess', '.htaccess'],
  ['/a.b/c', ''],
])('the extension of %s is "%s"', (file, extension) => {
  expect(extensionOf(file)).toBe(extension);
});
