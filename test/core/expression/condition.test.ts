import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseCondition } from '../../../core/expression/condition.ts';
import { parseText } from '../../../core/expression/text-expression.ts';
import { coreVocabulary, extendVocabulary } from '../../../core/expression/vocabulary.ts';
import { Table } from '../../../core/table.ts';
import { subjectOf } from './subject.ts';

describe('a condition', () => {
  it('is synchronous as long as nothing asynchronous is asked', () => {
    expect(parseCondition("%{REQUEST_METHOD} == 'GET' && -R '127.0.0.0/8'").evaluate(subjectOf())).toBe(true);
  });

  it.each([
    ["-U '/x' && true", true],
    ["!(-U '/x')", false],
    ["false || -F '/x'", true],
    ["-F '/x' && %{REMOTE_HOST} == 'name.example'", true],
    ["'name.example' in {'a', %{REMOTE_HOST}}", true],
    ["'x' . %{REMOTE_HOST} . 'y' =~ /^x(.*)y$/ && $1 -strmatch '*.example'", true],
    ["tolower(%{REMOTE_HOST}) == 'other'", false],
  ])('waits for subrequests and names: %s', async (text, expected) => {
    const subject = subjectOf({
      lookupUri: async () => ({ status: 200 }),
      lookupFile: async () => ({ status: 200, r: { filename: import.meta.filename } }),
      remoteHost: async () => 'name.example',
    });
    const result = parseCondition(text).evaluate(subject);
    expect(result).toBeInstanceOf(Promise);
    expect(await result).toBe(expected);
  });

  it('does not ask for a URI that asks for itself', () => {
    const condition = parseCondition("-U '/again'");
    expect(condition.evaluate(subjectOf({ main: { uri: '/c1/path' } }))).toBe(false);
    expect(condition.evaluate(subjectOf({ main: { uri: '/other' } }))).toBe(true);
  });

  it.each([
    ['-U', 403, false],
    ['-U', 302, true],
    ['-F', 302, false],
  ])('%s of something that answers %i is %s', (operator, status, expected) => {
    const subject = subjectOf({
      lookupUri: () => ({ status }),
      lookupFile: () => ({ status, r: { filename: import.meta.filename } }),
    });
    expect(parseCondition(`${operator} '/x'`).evaluate(subject)).toBe(expected);
  });

  it('takes groups from outside and leaves its own behind', () => {
    const match = { groups: ['whole', 'first'] as (string | undefined)[] | undefined };
    expect(parseCondition("$1 == 'first' && 'ab' =~ /a(b)/").evaluate(subjectOf(), match)).toBe(true);
    expect(match.groups?.[1]).toBe('b');
  });

  it('fails, rather than decides, when a function fails', async () => {
    await expect(parseCondition("file('/nonexistent') == ''").evaluate(subjectOf())).rejects.toThrow('ENOENT');
  });

  it('takes the longer lists of flags and escaped separators that later Apaches and people write', () => {
    expect(parseCondition('"A/b" =~ /^a\\/B$/gis').evaluate(subjectOf())).toBe(true);
  });
});

describe('Vary', () => {
  function readHeaders(text: string, vary?: boolean): string[] {
    const read: string[] = [];
    const subject = subjectOf({ varyOn: (header) => read.push(header) });
    void parseCondition(text, { vary }).evaluate(subject);
    return read;
  }

  it('hears of the headers that were really read, but not of Host', () => {
    expect(readHeaders("%{HTTP_HOST} == 'test.example' || %{HTTP_ACCEPT} == 'x'")).toEqual([]);
    expect(readHeaders("%{HTTP_ACCEPT} == 'x' || http('X-Num') == '42' || %{HTTP_COOKIE} == ''")).toEqual([
      'Accept',
      'X-Num',
    ]);
  });

  it('hears nothing where it is switched off, of req_novary, or of texts', () => {
    expect(readHeaders("%{HTTP_ACCEPT} == req('Cookie')", false)).toEqual([]);
    expect(readHeaders("req_novary('Accept') == 'x'")).toEqual([]);
    const subject = subjectOf({ varyOn: (header) => expect(header).toBe('nothing') });
    expect(parseText('%{HTTP_ACCEPT}').evaluate(subject)).toBe('text/html');
  });
});

describe('mistakes', () => {
  it.each([
    ["%{REQEST_URI} == 'x'", 3, 'unknown variable REQEST_URI; did you mean "REQUEST_URI"?'],
    ["tolowr('x') == 'x'", 1, 'unknown function tolowr; did you mean "tolower"?'],
    ["'a' -strmach 'b'", 5, 'unknown binary operator -strmach; did you mean "-strmatch"?'],
    ["true && 'a'", 12, 'expected a comparison such as'],
    ["'a' == b", 8, 'b stands alone'],
    ["'a' == 'b' c", 12, 'expected &&, || or the end, but there is c'],
    ["'a' =~ /(/", 8, 'bad regular expression "(": unterminated group'],
    ["'a' =~ /b/ix", 12, 'unknown flag x'],
    ["'a' == 'b", 8, "no closing '"],
    ["-R 'house'", 4, 'not "house"'],
    ['-R %{REMOTE_ADDR}', 4, '-R needs a constant'],
    ["'a' in b('c')", 8, 'unknown list function b'],
    ["replace('a') == 'b'", 1, 'replace takes 3 arguments, not 1'],
    ['"%{tolower:}" == ""', 12, 'expected an argument'],
    ['', 1, 'the expression ends'],
    [`${'('.repeat(101)}true`, 102, 'nested more than 100 deep'],
    [`'${'%{tolower:'.repeat(5000)}'`, 1012, 'nested more than 100 deep'],
  ])('%s: column %i: %s', (text, column, fault) => {
    expect(() => parseCondition(text)).toThrow(
      expect.objectContaining({ code: 'SLUICE_EXPRESSION', column, message: expect.stringContaining(fault) }),
    );
  });

  it.each(["-f '/etc/passwd'", "-L '/x'", "file('/etc/passwd') == ''", '\'a\' == "%{filesize:/x}"'])(
    'is what reading files counts as in untrusted expressions: %s',
    (text) => {
      expect(() => parseCondition(text, { untrusted: true })).toThrow('not allowed here');
      expect(() => parseCondition(text)).not.toThrow();
    },
  );

  it('never come out as another kind of error', () => {
    const scraps = fc.constantFrom(
      ...'\' " ( ) { } . , $1 %{ } : \\ / m# # -eq == =~ in && ! -R -strmatch req %{HTTP_HOST} true a 1 [ ( ? \n'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(scraps, { maxLength: 20 }).map((parts) => parts.join(' ')),
        ),
        (text) => {
          for (const parse of [parseCondition, parseText]) {
            try {
              parse(text);
            } catch (error) {
              expect(error).toMatchObject({ code: 'SLUICE_EXPRESSION', expression: text });
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('words', () => {
  function quoted(text: string): string {
    return `'${text.replace(/[\\'%$]/g, '\\$&').replaceAll('\n', '\\n')}'`;
  }

  it('say what they said when quoted, and compare as they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(parseCondition(`${quoted(a)} . '' == ${quoted(b)}`).evaluate(subjectOf())).toBe(a === b);
        expect(parseText(quoted(a).slice(1, -1)).constant).toBe(a);
        expect(parseCondition(`${quoted(a)} in {'-', ${quoted(a)}}`).evaluate(subjectOf())).toBe(true);
      }),
    );
  });

  it('compare integers of any size as integers', () => {
    const integers = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(integers, integers, (a, b) => {
        expect(parseCondition(`'${a}' -lt '${b}'`).evaluate(subjectOf())).toBe(a < b);
        expect(parseCondition(`'${a}' -eq '${b}'`).evaluate(subjectOf())).toBe(a === b);
      }),
    );
  });
});

describe('the vocabulary', () => {
  const vocabulary = extendVocabulary(coreVocabulary, {
    variables: { SSL_CIPHER: { read: async () => 'AES' }, __proto__X: { read: () => 'harmless' } },
    functions: { twice: { call: (_, text) => text + text } },
    listFunctions: { words: { call: (_, text) => text.split(' ') } },
    unaryOperators: { Q: { test: (text) => text.endsWith('?') } },
    binaryOperators: { startswith: { prepare: (right) => (left) => left.startsWith(right) } },
  });

  it.each([
    "twice('ab') == 'abab'",
    "'b' in words('a b c')",
    "-Q 'why?'",
    "'abc' -StartsWith 'ab'",
    "'abc' -startswith %{req:X-Empty}",
    "-n twice('%{API_VERSION}')",
  ])('takes what plugins add: %s', (text) => {
    expect(parseCondition(text, { vocabulary }).evaluate(subjectOf())).toBe(true);
  });

  it('takes variables that have to be waited for', async () => {
    expect(await parseText('<%{ssl_cipher}>', { vocabulary }).evaluate(subjectOf())).toBe('<AES>');
  });

  it('refuses a name that is taken', () => {
    expect(() => extendVocabulary(coreVocabulary, { variables: { https: { read: () => 'x' } } })).toThrow(
      'the variable https',
    );
  });

  it('knows no names of objects', () => {
    expect(() => parseText('%{constructor}')).toThrow('unknown variable');
    expect(() => parseText('%{toString:x}')).toThrow('unknown function');
  });
});

describe('variables and functions', () => {
  const subject = subjectOf({
    headersOut: new Table(['X', 'out']),
    errHeadersOut: new Table(['X', 'err', 'Y', 'err']),
    notes: new Table(['FOO', 'note']),
    user: 'mia',
    main: { uri: '/outer' },
    finfo: { uid: 12, gid: 13 },
    handler: 'cgi-script',
  });

  it.each([
    [
      '%{TIME} %{TIME_YEAR}-%{TIME_MON}-%{TIME_DAY} %{TIME_HOUR}:%{TIME_MIN}:%{TIME_SEC} %{TIME_WDAY}',
      '20261108090503 2026-11-08 09:05:03 0',
    ],
    ['%{LAST_MODIFIED}', '20250102030405'],
    [
      '%{REMOTE_ADDR} %{REMOTE_HOST} %{REMOTE_PORT} %{REMOTE_USER} %{CONN_REMOTE_ADDR} %{CONN_LOG_ID}',
      '127.0.0.1 127.0.0.1 5000 mia 127.0.0.1 7',
    ],
    ['%{SERVER_PROTOCOL_VERSION} %{SERVER_PROTOCOL_VERSION_MAJOR} %{SERVER_PROTOCOL_VERSION_MINOR}', '1001 1 1'],
    ['%{REQUEST_SCHEME} %{HTTPS} %{HTTP2} %{IPV6} %{IS_SUBREQ}', 'http off off off true'],
    [
      '%{REQUEST_FILENAME} %{SCRIPT_FILENAME} %{PATH_INFO} %{DOCUMENT_URI}',
      '/srv/htdocs/c1 /srv/htdocs/c1 /path /c1/path',
    ],
    ['%{DOCUMENT_ROOT} [%{CONTEXT_PREFIX}] %{CONTEXT_DOCUMENT_ROOT}', '/srv/htdocs [] /srv/htdocs'],
    [
      '%{SCRIPT_USER} %{SCRIPT_GROUP} %{HANDLER} %{CONTENT_TYPE} %{REQUEST_STATUS} %{REQUEST_LOG_ID}',
      '12 13 cgi-script text/html 200 request-1',
    ],
    ['%{resp:X} %{resp:Y} %{note:FOO} %{env:FOO} %{reqenv:FOO} %{v:FOO}', 'out err note note bar bar'],
    ['[%{AUTH_TYPE}%{REMOTE_IDENT}%{HTTP_REFERER}%{req:__proto__}%{osenv:NO_SUCH_VARIABLE}]', '[]'],
    ['%{ldap:\\ #} %{filesize:/nonexistent}', '\\20# 0'],
  ])('%s', (text, expected) => {
    expect(parseText(text).evaluate(subject)).toBe(expected);
  });

  it('give a file its content, size and time', async () => {
    const text = parseText(`%{file:${import.meta.filename}}`);
    expect(await text.evaluate(subject)).toContain('give a file its content');
    const grown = `%{filesize:${import.meta.filename}} -gt 100 && %{filemod:${import.meta.filename}} -gt 1700000000000000`;
    expect(parseCondition(grown).evaluate(subject)).toBe(true);
  });

  it.each([
    ["replace('a.b.c', '.', '$&') == 'a$&b$&c'".replaceAll('$', '\\$'), true],
    ["replace('abc', '', 'x') == 'abc'", true],
    ["-x '/bin/sh' && -d '/' && !(-f '/') && -e '/dev/null'", true],
  ])('%s is %s', (text, expected) => {
    expect(parseCondition(text).evaluate(subject)).toBe(expected);
  });
});
