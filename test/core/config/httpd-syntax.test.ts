import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isConfigError } from '../../../core/config/config-error.ts';
import { readHttpdFile, readHttpdText } from '../../../core/config/httpd-syntax.ts';
import type { ReadOptions } from '../../../core/config/reading.ts';
import type { ConfigNode } from '../../../core/config/tree.ts';

let warnings: string[];
let plugins: Set<string>;
let options: ReadOptions;

beforeEach(() => {
  warnings = [];
  plugins = new Set(['mime']);
  options = {
    hasPlugin: (name) => plugins.has(name),
    definePlugin: async (name) => {
      await Promise.resolve();
      if (typeof name === 'string') plugins.add(name);
    },
    warn: (message) => warnings.push(message),
    definitions: new Map([['TEST', '']]),
  };
});

/** The tree as text: one line per directive, sections in brackets. */
const outline = (nodes: readonly ConfigNode[]): string =>
  nodes
    .map((node) => {
      const head = [node.name, ...node.args.map(String)].join(' ');
      return node.kind === 'section' ? `[${head}: ${outline(node.children)}]` : head;
    })
    .join('; ');

const read = async (...lines: string[]): Promise<string> =>
  outline((await readHttpdText(lines.join('\n'), '/etc/httpd.conf', options)).nodes);

describe('lines', () => {
  it('become directives with the file and the line they start on', async () => {
    const { nodes } = await readHttpdText('# top\n\nListen \\\n  80\r\nAuthName "A b"\n', '/x/httpd.conf', options);
    expect(nodes).toEqual([
      { kind: 'directive', name: 'Listen', args: ['80'], text: '80', file: '/x/httpd.conf', line: 3 },
      { kind: 'directive', name: 'AuthName', args: ['A b'], text: '"A b"', file: '/x/httpd.conf', line: 5 },
    ]);
  });

  it('are comments only where # comes first', async () => {
    expect(await read('  # no \\', 'still no', 'A b # c')).toBe('A b # c');
  });

  it('go on only after a backslash that ends the line', async () => {
    expect(await read('A \\ ', 'B', 'C a\\', 'b')).toBe('A \\; B; C ab');
  });

  it('may be long in the server config, but not in .htaccess', async () => {
    const line = `A ${'x'.repeat(9000)}`;
    await expect(read(line)).resolves.toBe(line);
    options = { ...options, place: '.htaccess' };
    await expect(read(line)).rejects.toThrow(
      '/etc/httpd.conf:1: the line has 9002 characters; at most 8192 are allowed',
    );
  });
});

describe('sections', () => {
  it('nest, and close in any letter case', async () => {
    expect(await read('<Directory "/a b">', ' A', ' <Files x>', 'B', '</files>', '</DIRECTORY >', 'C')).toBe(
      '[Directory /a b: A; [Files x: B]]; C',
    );
  });

  it.each([
    [['<Files x'], '/etc/httpd.conf:1: <Files x lacks the ">" at its end'],
    [['< >'], '/etc/httpd.conf:1: < > lacks a section name after the "<"'],
    [['</Files>'], '/etc/httpd.conf:1: </Files> stands without a <Files> before it'],
    [
      ['<A>', '<B>', '</A>'],
      '/etc/httpd.conf:3: expected </B>, which closes the section of /etc/httpd.conf:2, but found </A>',
    ],
    [['A', '<A>', '<B>'], '/etc/httpd.conf:2: <A> is never closed, nor <B> of /etc/httpd.conf:3'],
    [['<IfDefine>', '</IfDefine>'], '/etc/httpd.conf:1: <IfDefine> needs an argument, as in <IfDefine name>'],
    [['<IfDefine NO>', '<A>', '</B>'], '/etc/httpd.conf:3: expected </A>'],
    [['<IfDefine NO>'], '/etc/httpd.conf:1: <IfDefine> is never closed'],
  ])('are refused as in %j', async (lines, message) => {
    await expect(read(...lines)).rejects.toThrow(message);
  });
});

describe('variables', () => {
  it('come from Define first, then from the environment, before the line is split', async () => {
    process.env['SLUICE_TEST_HOME'] = '/env';
    try {
      expect(await read('A ${SLUICE_TEST_HOME}', 'Define SLUICE_TEST_HOME "x y"', '${SLUICE_TEST_HOME} b')).toBe(
        'A /env; x y b',
      );
    } finally {
      delete process.env['SLUICE_TEST_HOME'];
    }
  });

  it('stay as they are with a warning where unknown, and without one where a colon makes them a map', async () => {
    expect(await read('A ${NO_SUCH_NAME} ${map:key}')).toBe('A ${NO_SUCH_NAME} ${map:key}');
    expect(warnings).toEqual([
      '/etc/httpd.conf:1: ${NO_SUCH_NAME} is neither defined nor in the environment; it stays as it is',
    ]);
  });

  it('are global even where a section defines them, until UnDefine', async () => {
    expect(await read('<A>', 'Define X 1', '</A>', 'B ${X}', 'UnDefine X', 'C ${X}')).toBe('[A: ]; B 1; C ${X}');
  });
});

describe('start-time sections', () => {
  it.each([
    ['IfDefine TEST', true],
    ['IfDefine !TEST', false],
    ['IfPlugin mime', true],
    ['IfModule mod_rewrite.c', false],
    ['IfModule !mod_rewrite.c', true],
    ['IfFile /', true],
    ['IfFile !"/no such file"', true],
  ])('<%s> is %s', async (head, holds) => {
    expect(await read(`<${head}>`, 'A', `</${head.split(' ')[0]}>`, 'B')).toBe(holds ? 'A; B' : 'B');
  });

  it('see plugins that a line above loads', async () => {
    expect(await read('Plugin shout', '<IfPlugin shout>', 'A', '</IfPlugin>')).toBe('A');
    expect(await read('LoadModule x_module modules/x.so', '<IfModule x_module>', 'A', '</IfModule>')).toBe('A');
  });

  it('leave what is inside unread when they do not hold', async () => {
    expect(await read('<IfDefine NO>', '<A>', 'Include nowhere', '</A>', '</IfDefine>')).toBe('');
  });
});

describe('macros', () => {
  it('put the argument for a parameter with @ in quotes', async () => {
    expect(await read('<Macro M @a $b>', 'A @a $b', '</Macro>', `Use M 'two "words"' 'two words'`)).toBe(
      'A two "words" two words',
    );
    const { nodes } = await readHttpdText('<Macro M @a>\nA @a\n</Macro>\nUse M "b c"', '/x', options);
    expect(nodes).toMatchObject([{ name: 'A', args: ['b c'] }]);
  });

  it('put arguments in place of parameters, the longest name first', async () => {
    expect(await read('<Macro M $a $ab>', 'X $ab-$a', '</Macro>', '<S>', 'Use m 1 "2 3"', '</S>')).toBe('[S: X 2 3-1]');
  });

  it('name the chain of uses in errors', async () => {
    const lines = ['<Macro In>', 'Error "no"', '</Macro>', '<Macro Out>', 'Use In', '</Macro>', 'Use Out'];
    await expect(read(...lines)).rejects.toThrow(
      '/etc/httpd.conf:2 (in macro In, used at /etc/httpd.conf:5 (in macro Out, used at /etc/httpd.conf:7)): no',
    );
  });

  it.each([
    [['Use Nothing'], 'there is no macro Nothing at this point'],
    [['<Macro Site>', '</Macro>', 'Use Sit'], 'did you mean "Site"?'],
    [
      ['<Macro M $a>', '</Macro>', 'Use M'],
      'macro M takes 1 arguments ($a), but 0 were given; it is defined at /etc/httpd.conf:1',
    ],
    [['<Macro M>', 'Use M', '</Macro>', 'Use M'], 'the macros go in a circle: M → M'],
    [['<Macro>', '</Macro>'], '<Macro> needs a name'],
    [['<Macro M $a $a>', '</Macro>'], 'need different names'],
    [['<Macro M>', '</Macro>', 'UndefMacro M', 'Use M'], 'there is no macro M'],
  ])('are refused as in %j', async (lines, message) => {
    await expect(read(...lines)).rejects.toThrow(message);
  });
});

describe('other start-time lines', () => {
  it('warn or stop', async () => {
    await read('Warning "old file"');
    expect(warnings).toEqual(['/etc/httpd.conf:1: old file']);
    await expect(read('', 'Error "no TLS"')).rejects.toThrow('/etc/httpd.conf:2: no TLS');
  });

  it('count their arguments', async () => {
    await expect(read('Define')).rejects.toThrow('expected Define name [value], but 0 arguments were given');
  });

  it.each(['Include x', 'Define A', 'Plugin x', 'Use M', '<Macro M>\n</Macro>'])(
    'refuse %s in .htaccess',
    async (line) => {
      options = { ...options, place: '.htaccess' };
      await expect(read(line)).rejects.toThrow("isn't allowed in .htaccess files");
    },
  );

  it('give a failing plugin the position of its line', async () => {
    options = { ...options, definePlugin: () => Promise.reject(new Error('no such package')) };
    await expect(read('Plugin x')).rejects.toThrow('/etc/httpd.conf:1: no such package');
  });
});

describe('Include', () => {
  let folder: string;
  const write = (name: string, text: string): void => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-include-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('takes files, folders and wildcards in order, from the folder of the main file', async () => {
    write('httpd.conf', 'Include sites/*/main.conf\nInclude extra\nInclude one.conf\nIncludeOptional no/*.conf');
    write('sites/b/main.conf', 'B');
    write('sites/a/main.conf', 'A\nInclude one.conf');
    write('extra/2.conf', 'Two');
    write('extra/1.conf', 'OneOf');
    write('one.conf', 'One');
    const { nodes, files } = await readHttpdFile(join(folder, 'httpd.conf'), options);
    expect(outline(nodes)).toBe('A; One; B; OneOf; Two; One');
    expect(nodes[1]).toMatchObject({ file: join(folder, 'one.conf'), line: 1 });
    expect(files).toHaveLength(7);
  });

  it('starts at the ServerRoot', async () => {
    write('httpd.conf', 'ServerRoot sites\nInclude a.conf');
    write('sites/a.conf', 'A');
    const { nodes, serverRoot } = await readHttpdFile(join(folder, 'httpd.conf'), options);
    expect(outline(nodes)).toBe('A');
    expect(serverRoot).toBe(join(folder, 'sites'));
  });

  it('is refused when nothing matches, or when it leads back', async () => {
    write('httpd.conf', '\nInclude a*.conf');
    const main = join(folder, 'httpd.conf');
    const { errors } = await readHttpdFile(main, options);
    expect(errors?.map(({ message }) => message)).toEqual([
      expect.stringContaining(`${main}:2: Include a*.conf: no such file below ${folder}`),
    ]);
    write('a.conf', 'Include httpd.conf');
    await expect(readHttpdFile(main, options)).rejects.toThrow(
      `the includes go in a circle: ${main} → ${join(folder, 'a.conf')} → ${main}`,
    );
  });

  it('needs the sections of each file to be closed in it', async () => {
    write('httpd.conf', '<A>\nInclude a.conf\n</A>');
    write('a.conf', '</A>\n<A>');
    await expect(readHttpdFile(join(folder, 'httpd.conf'), options)).rejects.toThrow('</A> stands without a <A>');
  });

  it('says which file is missing', async () => {
    await expect(readHttpdFile(join(folder, 'none.conf'), options)).rejects.toThrow(/none\.conf: ENOENT/);
  });
});

it('throws nothing but ConfigErrors, whatever the text', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '</',
      'Macro',
      'Use',
      'IfDefine',
      '!',
      ' ',
      '\n',
      '\\',
      '\\\n',
      '"',
      '${',
      '}',
      'M',
      '$a',
      'Include',
      '[',
      '*',
      '#',
    ),
    // Without slashes no Include finds its way out of the folder that isn't there.
    fc.string().map((text) => text.replaceAll('/', '-')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const error: unknown = await readHttpdText(pieces.join(''), '/no-such-folder/inner/x', options).catch(
        (thrown: unknown) => thrown,
      );
      expect(isConfigError(error) || Array.isArray((error as { nodes?: unknown }).nodes)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
