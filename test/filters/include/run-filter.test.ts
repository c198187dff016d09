import { describe, expect, it } from '@jest/globals';
import { include } from '../../../filters/include.ts';
import { runFilter } from '../../../testing/index.ts';

const { INCLUDES } = include.outputFilters!;
const config = {
  options: { on: new Set(['includes'] as const), off: new Set<never>(), relative: false },
} as const;

const bodyOf = async (...chunks: readonly string[]): Promise<string> => {
  const request = { filename: '/page.shtml', url: '/page.shtml?q=%3Cb%3E', config };
  return Buffer.concat(await runFilter(INCLUDES!, chunks, { request })).toString();
};

const error = '[an error occurred while processing this directive]';

describe('A page, however it is cut into pieces', () => {
  it.each([
    ['', ''],
    ['plain text', 'plain text'],
    ['<!--#echo var="DOCUMENT_NAME" -->', 'page.shtml'],
    ['a<!--#echo var="QUERY_STRING_UNESCAPED" -->b', 'aq=\\&lt;b\\&gt;b'],
    ['<!-- <!--#set var="ü" value="größer" --><!--#echo var="ü" -->', '<!-- größer'],
    ['<!--#if expr="true" -->1<!--#else -->2<!--#endif -->3', '13'],
    ['<!--#if expr="false" -->1<!--#elif expr="false" -->2<!--#else -->3<!--#endif -->4', '34'],
    ['<!--#nothing --><!--#echo --><!--#config errmsg="?" --><!--#nothing -->', `${error}${error}?`],
    ['<!--#include file="../x" --><!--#fsize file="/etc/passwd" -->', `${error}${error}`],
    ['open <!--#echo var="x', `open ${error}`],
    ['<', '<'],
    ['x<!--', 'x<!--'],
  ])('%j becomes %j', async (page, made) => {
    expect(await bodyOf(page)).toBe(made);
  });

  it('may be large', async () => {
    const text = 'x'.repeat(100_000);
    expect(await bodyOf(text, '<!--#echo var="DOCUMENT_NAME" -->', text)).toBe(`${text}page.shtml${text}`);
  });
});
