import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { sed } from '../../filters/sed.ts';
import { parseScript } from '../../filters/sed/parse-script.ts';
import { SedScript } from '../../filters/sed/sed-script.ts';
import { runFilter, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const at = { file: 'httpd.conf', line: 3 };

async function edit(text: string | Uint8Array, ...script: string[]): Promise<string> {
  const outputSed = new SedScript(script.map((line) => ({ script: parseScript(line), at })));
  const chunks = await runFilter(sed.outputFilters!['Sed']!, [text], { request: { config: { outputSed } } });
  return Buffer.concat(chunks).toString();
}

describe('Sed', () => {
  it.each([
    ['hello\nhello hello', ['s/hello/bye/'], 'bye\nbye hello\n'],
    ['hello\n', ['s/l/L/g'], 'heLLo\n'],
    ['hello\n', ['s/l/L/2'], 'helLo\n'],
    ['abc\n', ['s/x*/-/g'], '-a-b-c-\n'],
    ['baaac\n', ['s/a*/x/g'], 'xbxcx\n'],
    ['John Smith\n', ['s/\\(.*\\) \\(.*\\)/\\2, \\1 (&)/'], 'Smith, John (John Smith)\n'],
    ['Grüße\n', ['s/ü/ue/;s/[ß]/s/g'], 'Gruesse\n'],
    ['a.b axb\n', ['s/a\\.b/X/'], 'X axb\n'],
    ['a1 b22\n', ['s/[[:digit:]]\\{2,\\}/#/'], 'a1 b#\n'],
    ['one\ntwo\nthree', ['$!d'], 'three\n'],
    ['one\ntwo\nthree', ['2,$d'], 'one\n'],
    ['one\ntwo\nthree\n', ['/one/,/two/!d'], 'one\ntwo\n'],
    ['one\ntwo\n', ['a behind', 'i\\\n  before', '2c\\\ninstead'], 'before\none\nbehind\nbefore\ninstead\nbehind\n'],
    ['1\n2\n3\n', ['1,2c text'], 'text\n3\n'],
    ['one\ntwo\n', ['N;s/\\n/\\n-\\n/;P;D'], 'one\n'],
    ['one\ntwo\n', ['1!G;h;$!d'], 'two\none\n'],
    ['one\ntwo\n', ['#n', '/two/{=;p}'], '2\ntwo\n'],
    ['a-b\n', ['y/ab-/xy\\n/'], 'x\ny\n'],
    ['a/b\n', ['y/\\//|/'], 'a|b\n'],
    ['llll\n', [':a', 's/l/L/', 'ta'], 'LLLL\n'],
    ['one\ntwo\n', ['/one/b end', 's/$/!/', ':end'], 'one\ntwo!\n'],
    ['one\ntwo\n', ['1q'], 'one\n'],
    ['\x01\t\x7f\xff'.slice(0, 3), ['l;d'], '\\01\\11\\177\n'],
    ['', ['s/a/b/'], ''],
    ['\n\n', ['s/^$/-/'], '-\n-\n'],
  ])('makes of %j by %j, however it comes, %j', async (text, script, expected) => {
    await expect(edit(text, ...script)).resolves.toBe(expected);
  });

  it('changes nothing of lines of any bytes where nothing matches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const line = Buffer.concat([bytes, Buffer.from('\n')]);
        await expect(edit(line, 's/this never comes in a test/x/')).resolves.toBe(line.toString());
      }),
      { numRuns: 20 },
    );
  });

  it('reverses lines as an array does', async () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 }), {
      minLength: 1,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(lines, async (given) => {
        const reversed = given.toReversed().map((line) => `${line}\n`);
        await expect(edit(given.map((line) => `${line}\n`).join(''), '1!G;h;$!d')).resolves.toBe(reversed.join(''));
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['a line that is too long', 'x'.repeat(9_000_000), ['s/a/b/']],
    ['a hold space that grows too large', 'x'.repeat(1_100_000) + '\n'.repeat(10), ['G;G;h']],
    ['a line of which too much is made', 'x'.repeat(1_100_000), ['p;p;p;p;p;p;p;p;p']],
  ])('fails on %s', async (_, text, script) => {
    const outputSed = new SedScript([{ script: parseScript(script.join('\n')), at }]);
    const run = runFilter(sed.outputFilters!['Sed']!, [text], { request: { config: { outputSed } } });
    await expect(run).rejects.toThrow('Sed met a line, or made one, of more than 8388608 bytes');
  });

  it('stops a script that runs in circles', async () => {
    await expect(edit('x\n', ':a', 'b a')).rejects.toThrow(
      'the script of Sed has jumped back 1000000 times for line 1',
    );
  });

  it.each([
    [['b nowhere'], 'there is no label nowhere to go to'],
    [['{p'], 'a { has no }'],
    [['p', '}'], 'a } has no {'],
    [[':a', ':a'], 'the label a is there twice'],
  ])('says where the script %j begins that is not complete', async (script, message) => {
    await expect(edit('x', ...script)).rejects.toThrow(`httpd.conf:3: the script of Sed that begins here: ${message}`);
  });

  it.each([
    ['k', 'there is no command k'],
    ['1,', 'behind the comma a second address is missing'],
    ['1', 'a command is missing'],
    ['1,2=', 'the command = takes one address only'],
    ['1:a', 'the command : takes no address'],
    [':', 'a label is missing behind the colon'],
    ['a', 'the command a needs a text'],
    ['p x', '"x" can\'t stand behind the command p'],
    ['w /tmp/file', 'the command w, which uses files, is not supported'],
    ['s/a', 'the / behind the expression is missing'],
    ['s/a/b', 'the / behind the replacement is missing'],
    ['s/a/\\', 'the backslash at the end of the replacement stands for nothing'],
    ['s/a/b/x', 's takes the flags g, or a number of up to 512, and p or P, not "x"'],
    ['s/a/b/513', 'not "513"'],
    ['s//b/', 'there is no expression that an empty one could stand for'],
    ['s/\\(a/b/', 'a \\( has no \\)'],
    ['s/a\\)/b/', 'a \\) has no \\('],
    ['s/\\(a\\)*/b/', "a group can't be repeated with *"],
    ['s/a/\\1/', "\\1 stands for a group that isn't there"],
    ['s/\\1/b/', "\\1 stands for a group that isn't there"],
    ['s/[a/b/', 'a [ has no ]'],
    ['s/[[:tall:]]/b/', 'there is no class [:tall:]'],
    ['s/[z-a]/b/', 'the range z-a is the wrong way round'],
    ['s/a\\{x/b/', 'a \\{ needs one number'],
    ['s/a\\{3,2\\}/b/', 'in \\{3,2\\} the first number is the larger one'],
    ['y/ab/c/', 'y has 2 characters for 1'],
    ['y/ab', 'the / behind the characters of y is missing'],
    ['\\', 'a character that ends the expression is missing'],
  ])('does not take %j', (script, message) => {
    expect(() => parseScript(script)).toThrow(message);
  });
});

const folder = makeSite({ 'a.txt': 'hello\n' });

function app(lines: string): ReturnType<typeof testApp> {
  writeFileSync(`${folder}/httpd.conf`, `DocumentRoot .\n<Location />\n${lines}\n</Location>\n`);
  return testApp(`${folder}/httpd.conf`);
}

describe('The directives of Sed', () => {
  it('edit responses and requests', async () => {
    const listener = await app(
      'SetOutputFilter Sed\nOutputSed s/e/E/\nSetInputFilter Sed\nInputSed s/o/0/\n<If "%{REQUEST_METHOD} == \'POST\'">\nSetHandler reflector\n</If>',
    );
    await request(listener).get('/a.txt').expect(200, 'hEllo\n');
    const { text } = await request(listener).post('/x').type('text/plain').send('hello\nworld').expect(200);
    expect(text).toBe('hEll0\nw0rld\n');
  });

  it('answer 500 where a label is missing, and go on serving', async () => {
    const listener = await app('SetOutputFilter Sed\n<If "%{QUERY_STRING} == \'\'">\nOutputSed "b nowhere"\n</If>');
    await request(listener).get('/a.txt').expect(500);
    await request(listener).get('/a.txt?').expect(500);
    await request(listener).get('/a.txt?x').expect(200, 'hello\n');
  });

  it('say which line is wrong', async () => {
    await expect(app('OutputSed "s/a"')).rejects.toThrow('httpd.conf:3: OutputSed "s/a": the / behind the expression');
  });
});
