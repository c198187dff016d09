import type { ComparisonCase } from '../comparison-case.ts';

const shared = {
  'htdocs/a.txt': 'the text of a\n',
  'htdocs/part.html': 'part of the page\n',
  'htdocs/deep/b.html': '<!--#echo var="DOCUMENT_NAME" --> in <!--#echo var="DOCUMENT_URI" -->\n',
  'htdocs/nested.shtml':
    'nested: <!--#echo var="x" --> <!--#set var="y" value="from nested" --><!--#echo var="DOCUMENT_NAME" -->\n',
  'htdocs/big.bin': 'x'.repeat(1_234_567),
};

const usual =
  'Options +Includes\nAddType text/html .shtml\nAddOutputFilter INCLUDES .shtml .html\nSetEnv FROM_CONFIG "a <value>"\n';

const openQuote = 'an old expression with an open quote, or with a pattern that is none';

/** One page for each text; its name is its number. */
function pages(
  name: string,
  texts: readonly string[],
  lines = '',
  differs: Readonly<Record<number, string>> = {},
): ComparisonCase {
  const files = Object.fromEntries(texts.map((text, at) => [`htdocs/p${at}.shtml`, `[${text}]\n`]));
  return {
    name,
    plugin: 'include',
    modules: ['include'],
    config: usual + lines,
    files: { ...shared, ...files },
    requests: texts.map((_, at) => {
      const line = `GET /p${at}.shtml?q=1%20%3C2`;
      const difference = differs[at];
      return difference === undefined ? line : { request: line, differs: difference };
    }),
  };
}

export const cases: readonly ComparisonCase[] = [
  pages('echo', [
    '<!--#echo var="FROM_CONFIG" -->',
    '<!--#echo var="NOWHERE" -->',
    '<!--#echo encoding="none" var="FROM_CONFIG" --> <!--#echo encoding="url" var="FROM_CONFIG" -->',
    '<!--#echo encoding="entity" var="FROM_CONFIG" encoding="none" var="FROM_CONFIG" -->',
    '<!--#echo encoding="base64" var="FROM_CONFIG" --> <!--#echo encoding="urlencoded" var="FROM_CONFIG" -->',
    '<!--#set var="e" value="YSA8Yj4=" --><!--#echo decoding="base64" encoding="none" var="e" -->',
    '<!--#set var="e" value="a%20%3Cb+c" --><!--#echo decoding="url" encoding="none" var="e" --> <!--#echo decoding="urlencoded" var="e" -->',
    '<!--#set var="e" value="&amp;lt;&amp;eacute;" --><!--#echo decoding="entity" encoding="none" var="e" -->',
    '<!--#echo encoding="wrong" var="FROM_CONFIG" -->after',
    '<!--#echo -->',
    '<!--#echo wrong="x" -->',
    '<!--#echo var="DOCUMENT_NAME" --> <!--#echo var="DOCUMENT_URI" --> <!--#echo var="QUERY_STRING" -->',
    '<!--#echo var="QUERY_STRING_UNESCAPED" --> <!--#echo encoding="none" var="QUERY_STRING_UNESCAPED" -->',
    '<!--#echo var="LAST_MODIFIED" --> <!--#echo var="USER_NAME" -->',
    '<!--#echo var="REQUEST_METHOD" --> <!--#echo var="SERVER_PROTOCOL" --> <!--#echo var="REQUEST_URI" --> <!--#echo var="SCRIPT_NAME" -->',
    '<!--#echo var="HTTP_HOST" --> <!--#echo var="REMOTE_ADDR" --> <!--#echo var="DOCUMENT_ROOT" --> <!--#echo var="SERVER_NAME" -->',
    '<!--#echo var="document_name" --> <!--#echo var="1" -->',
    '<!--#echo var="FROM&#95;CONFIG" --> <!--#include virtual="/a&#46;txt" --> <!--#fsize file="a&#46;txt" -->',
    '<!--#set var="e" value="a b$~!*()" --><!--#echo encoding="url,base64" var="e" --> <!--#echo encoding="none, urlencoded" var="e" -->',
  ]),
  pages('set and substitution', [
    '<!--#set var="x" value="one" --><!--#echo var="x" -->',
    '<!--#set var="x" value="one" --><!--#set var="y" value="$x-${x}-$nowhere-${nowhere}." --><!--#echo var="y" -->',
    '<!--#set var="x" value="\\$x $ ${} a\\b $" --><!--#echo var="x" -->',
    '<!--#set var="x" value="${open" --><!--#echo var="x" -->',
    '<!--#set var="n" value="x" --><!--#set var="$n" value="by name" --><!--#echo var="x" -->',
    '<!--#set value="x" -->',
    '<!--#set var="x" -->',
    '<!--#set value="x" var="x" -->',
    '<!--#set var="x" value="a" value="b" --><!--#echo var="x" -->',
    '<!--#set var="x" value="a" wrong="b" -->',
    '<!--#set var="x" value="&lt;&eacute;&#65;&#300;&unknown;" --><!--#echo encoding="none" var="x" -->',
    '<!--#set var="x" value="Grüße" --><!--#echo var="x" -->',
  ]),
  pages(
    'if',
    [
      '<!--#if expr="true" -->yes<!--#else -->no<!--#endif -->.',
      '<!--#if expr="false" -->yes<!--#else -->no<!--#endif -->.',
      '<!--#if expr="false" -->1<!--#elif expr="true" -->2<!--#elif expr="true" -->3<!--#else -->4<!--#endif -->.',
      '<!--#if expr="true" -->1<!--#elif expr="true" -->2<!--#else -->4<!--#endif -->.',
      '<!--#if expr="false" -->a<!--#if expr="true" -->b<!--#else -->c<!--#endif -->d<!--#else -->e<!--#endif -->.',
      '<!--#if expr="true" -->a<!--#if expr="false" -->b<!--#else -->c<!--#endif -->d<!--#else -->e<!--#endif -->.',
      '<!--#set var="x" value="one" --><!--#if expr=\'v("x") = "one"\' -->yes<!--#else -->no<!--#endif -->',
      '<!--#set var="x" value="abc" --><!--#if expr=\'v("x") =~ /a(b)(c)/\' --><!--#echo var="0" --><!--#echo var="2" --><!--#echo var="7" -->$1<!--#set var="y" value="$1" --><!--#echo var="y" --><!--#endif -->',
      '<!--#if expr="%{QUERY_STRING} =~ /q=1/" -->yes<!--#endif -->',
      '<!--#if expr="nonsense nonsense" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if -->yes<!--#else -->no<!--#endif -->',
      '<!--#if wrong="true" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="true" expr="true" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="true" -->never closed',
      '<!--#if expr="false" -->never closed',
      '<!--#else -->a<!--#endif -->b<!--#endif -->c',
      '<!--#if expr="false" -->a<!--#else wrong="x" -->b<!--#endif -->c',
      '<!--#if expr="false" -->a<!--#endif wrong="x" -->b<!--#endif -->c',
      '<!--#if expr="false" --><!--#echo --><!--#set --><!--#wrong --><!--#echo var="x --> <!--#endif -->c" --><!--#endif -->d',
      '<!--#if expr="-e \'/etc/passwd\'" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="file(\'/etc/passwd\')" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="%{reqenv:FROM_CONFIG} -eq 1" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="-A \'/a.txt\'" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="-U \'/a.txt\'" -->yes<!--#else -->no<!--#endif -->',
    ],
    '',
    { 7: '`$1` to `$9` in a page, after an expression' },
  ),
  pages('include', [
    'a <!--#include file="a.txt" --> b',
    'a <!--#include virtual="/a.txt" --> b <!--#include virtual="part.html" -->',
    '<!--#include file="part.html" file="a.txt" virtual="/deep/b.html" -->',
    '<!--#include file="/etc/passwd" -->',
    '<!--#include file="../htdocs/a.txt" -->',
    '<!--#include file="deep/../a.txt" -->',
    '<!--#include file="deep/b.html" -->',
    '<!--#include virtual="/missing.html" --> after',
    '<!--#include virtual="/missing.html" onerror="/a.txt" --> after',
    '<!--#include virtual="/missing.html" onerror="/missing2.html" --> after',
    '<!--#include virtual="/a.txt" onerror="/part.html" --> after',
    '<!--#include onerror="/part.html" virtual="/missing.html" --> after',
    '<!--#include virtual="/missing.html" virtual="/a.txt" --> after',
    '<!--#include -->',
    '<!--#include wrong="x" -->',
    '<!--#set var="x" value="outer" --><!--#include virtual="/nested.shtml" --><!--#echo var="y" -->',
    '<!--#include virtual="/p16.shtml" -->',
    '<!--#include virtual="/deep/" -->',
    '<!--#set var="f" value="a.txt" --><!--#include virtual="/$f" --><!--#include file="$f" -->',
    '<!--#include virtual="http://localhost/a.txt" -->',
  ]),
  pages('config, fsize and flastmod', [
    '<!--#fsize file="a.txt" --> <!--#fsize virtual="/big.bin" --> <!--#config sizefmt="bytes" --><!--#fsize file="big.bin" --> <!--#config sizefmt="abbrev" --><!--#fsize file="big.bin" -->',
    '<!--#flastmod file="a.txt" --> <!--#config timefmt="%Y-%m-%d %H:%M:%S %Z %j %Q" --><!--#flastmod virtual="/a.txt" --> <!--#echo var="LAST_MODIFIED" -->',
    '<!--#config errmsg="oops" --><!--#wrong --> <!--#echo -->',
    '<!--#config echomsg="nothing" --><!--#echo var="NOWHERE" -->',
    '<!--#config sizefmt="wrong" -->',
    '<!--#config wrong="x" -->',
    '<!--#config -->',
    '<!--#fsize file="missing" --> <!--#flastmod virtual="/missing" -->',
    '<!--#fsize file="../htdocs/a.txt" --> <!--#fsize file="/etc/passwd" -->',
    '<!--#fsize -->',
    '<!--#fsize wrong="x" -->',
    '<!--#fsize virtual="/deep" --> <!--#fsize file="." -->',
  ]),
  pages('Bad elements', [
    '<!--#wrong -->',
    '<!--#-->',
    '<!--# echo var="FROM_CONFIG" -->',
    '<!--#echo var="FROM_CONFIG"-->',
    '<!--#echo var=FROM_CONFIG -->',
    '<!--#echo var=FROM_CONFIG-->-->',
    "<!--#echo var='FROM_CONFIG' --> <!--#echo var=`FROM_CONFIG` -->",
    '<!--#ECHO VAR="FROM_CONFIG" -->',
    '<!--#echo  var  =  "FROM_CONFIG"  -->',
    '<!--#echo\nvar="FROM_CONFIG"\n-->',
    '<!--#echo "FROM_CONFIG" -->x',
    '<!--#echo var -->x',
    '<!--#echo ="FROM_CONFIG" -->x',
    '<!--#echo var="FROM_CONFIG',
    '<!--#echo var="FROM_CONFIG" --',
    '<!--#echo',
    '<!--',
    '<!-- a comment --><!--- #echo --><!--#comment whatever "this is" --><!-<!--<!--#echo var="FROM_CONFIG" -->',
    '<!--#comment --> <!--#echo - -- var="FROM_CONFIG" -->',
    '<!--#set var="x" value="a\\"b\\c\\\\" --><!--#echo encoding="none" var="x" -->',
    '<!--#exec cgi="/x" -->',
    '<!--#printenv wrong="x" -->',
    '',
  ]),
  pages(
    'Legacy expressions',
    [
      '<!--#if expr="$FROM_CONFIG" -->yes<!--#else -->no<!--#endif --> <!--#if expr="$NOWHERE" -->yes<!--#else -->no<!--#endif -->',
      '<!--#set var="x" value="one" --><!--#if expr="$x = one" -->yes<!--#endif --><!--#if expr="$x == \'one\'" -->yes<!--#endif --><!--#if expr="${x} != two" -->yes<!--#endif -->',
      '<!--#set var="x" value="abc" --><!--#if expr="$x = /^a(b)(c)$/" -->$1<!--#echo var="1" --><!--#echo var="2" --><!--#echo var="3" --><!--#endif -->',
      '<!--#if expr="a < b && b >= a" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="a = a || b = c && d = e" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="(a = a || b = c) && d = e" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="!(a = b)" -->yes<!--#else -->no<!--#endif --><!--#if expr="! a = b" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="one two = \'one two\'" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="a = " -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="(a = a" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="\'open" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="-A /a.txt" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="a = /(/" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="\'\'" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="a && \'\'" -->yes<!--#else -->no<!--#endif -->',
      '<!--#if expr="&& a" -->yes<!--#else -->no<!--#endif -->',
    ],
    '<Directory @ROOT@/htdocs>\nSSILegacyExprParser On\n</Directory>\n',
    { 10: openQuote, 13: openQuote },
  ),
  pages(
    'Texts of the config',
    [
      '<!--#wrong -->',
      '<!--#echo var="NOWHERE" -->',
      '<!--#flastmod file="a.txt" --> <!--#echo var="LAST_MODIFIED" -->',
    ],
    'SSIErrorMsg "it failed"\nSSIUndefinedEcho "<nothing>"\nSSITimeFormat "%d.%m.%Y"\n',
  ),
  pages(
    'Tags of the config',
    [
      '<?echo var="FROM_CONFIG"?> <!--#echo var="FROM_CONFIG" -->',
      '<?echo var="FROM_CONFIG" ?>?',
      '<?<?echo var="FROM_CONFIG"?',
      '<',
    ],
    'SSIStartTag "<?"\nSSIEndTag "?>"\n',
  ),
  {
    name: 'The head',
    plugin: 'include',
    modules: ['include'],
    config: `${usual}
<Files tag.shtml>
SSIETag On
</Files>
<Files time.shtml>
SSILastModified On
</Files>
<Files raw.html>
Options -Includes
</Files>
<Files noexec.shtml>
Options +IncludesNOEXEC
</Files>
<Files parsed.txt>
SetHandler server-parsed
</Files>`,
    files: {
      ...shared,
      'htdocs/plain.shtml': 'plain',
      'htdocs/tag.shtml': '<!--#echo var="DOCUMENT_NAME" -->',
      'htdocs/time.shtml': '<!--#echo var="DOCUMENT_NAME" -->',
      'htdocs/raw.html': '<!--#echo var="DOCUMENT_NAME" -->',
      'htdocs/parsed.txt': '<!--#echo var="DOCUMENT_NAME" -->',
      'htdocs/noexec.shtml':
        '<!--#exec cmd="echo hello" --> <!--#include virtual="/a.txt" --> <!--#include virtual="/zeros.png" -->',
      'htdocs/zeros.png': '000',
      'htdocs/empty.shtml': '',
      'htdocs/large.shtml': `${'x'.repeat(100_000)}<!--#echo var="DOCUMENT_NAME" -->${'y'.repeat(100_000)}`,
      'htdocs/folder/index.html': '<!--#echo var="DOCUMENT_NAME" --> <!--#include virtual="../a.txt" -->',
    },
    requests: [
      'GET /plain.shtml',
      'HEAD /plain.shtml',
      'GET /tag.shtml',
      'GET /time.shtml',
      { request: 'GET /raw.html', differs: 'the ETag of a page whose elements are left alone' },
      'GET /parsed.txt',
      'GET /noexec.shtml',
      'GET /empty.shtml',
      'GET /large.shtml',
      'GET /folder/',
      'GET /missing.shtml',
      'GET /plain.shtml/more',
      { request: 'GET /plain.shtml', headers: { Range: 'bytes=1-2' } },
      { request: 'GET /plain.shtml', headers: { 'If-Modified-Since': 'Wed, 03 Jan 2024 03:04:05 GMT' } },
      { request: 'GET /time.shtml', headers: { 'If-Modified-Since': 'Wed, 03 Jan 2024 03:04:05 GMT' } },
      { request: 'GET /plain.shtml', headers: { 'If-None-Match': '*' } },
      { request: 'POST /plain.shtml', body: 'a=b', differs: 'POST to a file' },
    ],
  },
  {
    ...pages('printenv', ['<!--#printenv -->', '<!--#printenv x -->'], 'ServerAdmin admin@example.org\n'),
    random: [/\n(?:PATH|SERVER_SOFTWARE|DATE_\w+|\w+_PORT)=[^\n]*/],
  },
];
