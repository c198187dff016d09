import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/a.txt': 'the text of a\n',
  'htdocs/inner.shtml':
    'inner <!--#echo var="QUERY_STRING" -->|<!--#echo var="DOCUMENT_URI" -->|<!--#echo var="REQUEST_URI" -->|<!--#echo var="DOCUMENT_ARGS" -->\n',
  'htdocs/query.shtml': '<!--#include virtual="/inner.shtml?in=1" --> <!--#include virtual="inner.shtml" -->\n',
  'htdocs/index/index.shtml': 'index <!--#echo var="DOCUMENT_NAME" -->\n',
  'htdocs/folder.shtml': '<!--#include virtual="/index/" --> <!--#include virtual="/index" -->\n',
  'htdocs/moved.shtml': '<!--#include virtual="/moved" --> <!--#include virtual="/gone" -->\n',
  'htdocs/denied.shtml':
    '<!--#include virtual="/denied/a.txt" --> <!--#include file="denied/a.txt" --> <!--#fsize file="denied/a.txt" -->\n',
  'htdocs/denied/a.txt': 'denied\n',
  'htdocs/up/up.shtml':
    '<!--#include virtual="../a.txt" --> <!--#include virtual="./up.txt" --> <!--#include virtual="../../../../etc/passwd" -->\n',
  'htdocs/up/up.txt': 'up\n',
  'htdocs/strange.shtml':
    '<!--#include virtual="" --> <!--#include file="" --> <!--#include virtual="%00" --> <!--#include virtual="/a.txt%00" --> <!--#include virtual="/%2e%2e/a.txt" --> <!--#include virtual="/a%zz" -->\n',
  'htdocs/branch.shtml':
    '<!--#if expr="false" --><!--#include virtual="/a.txt" --><!--#set var="x" value="1" --><!--#endif --><!--#echo var="x" -->\n',
  'htdocs/open.shtml': '<!--#if expr="false" -->open\n',
  'htdocs/half.shtml': 'half <!--#echo var=\n',
  'htdocs/halves.shtml': '<!--#include virtual="/open.shtml" -->shown <!--#include virtual="/half.shtml" --> shown\n',
  'htdocs/error.shtml':
    'error <!--#echo var="REDIRECT_STATUS" --> <!--#echo var="REDIRECT_URL" --> <!--#echo var="DOCUMENT_URI" --> <!--#echo var="REQUEST_URI" --> <!--#echo var="REDIRECT_QUERY_STRING" -->\n',
  'htdocs/fails.shtml': '<!--#include virtual="/missing" -->\n',
  'htdocs/config.shtml':
    '<!--#config errmsg="outer" timefmt="%Y" --><!--#include virtual="/config-inner.shtml" --><!--#nothing -->\n',
  'htdocs/config-inner.shtml': '<!--#echo var="LAST_MODIFIED" --> <!--#nothing --> <!--#config errmsg="inner" -->\n',
  'htdocs/expr.shtml':
    "<!--#if expr=\"%{DOCUMENT_URI} == '/expr.shtml'\" -->a<!--#endif --><!--#if expr=\"v('DOCUMENT_NAME') == 'expr.shtml'\" -->b<!--#endif --><!--#if expr=\"%{HTTP:X-A} == '1'\" -->c<!--#endif --><!--#if expr=\"req('X-A') in { '1', '2' }\" -->d<!--#endif --><!--#if expr=\"%{REQUEST_STATUS} -eq 200\" -->e<!--#endif --><!--#if expr=\"v('nowhere') == ''\" -->f<!--#endif -->\n",
  'htdocs/methods.shtml': '<!--#echo var="REQUEST_METHOD" --> <!--#include virtual="/method.shtml" -->\n',
  'htdocs/method.shtml': '<!--#echo var="REQUEST_METHOD" -->\n',
  'htdocs/set/.htaccess':
    'Options +Includes\nAddOutputFilter INCLUDES .txt\nSSIErrorMsg "from htaccess"\nSSIUndefinedEcho "?"\n',
  'htdocs/set/a.txt': '<!--#echo var="nowhere" --> <!--#nothing -->\n',
  'htdocs/narrow/.htaccess': 'Options +Includes\nAddOutputFilter INCLUDES .txt\n',
  'htdocs/narrow/a.txt': '<!--#echo var="nowhere" -->\n',
  'htdocs/apostrophe.shtml': '<!--#set var="x" value="it\'s" --><!--#echo var="x" -->\n',
  'htdocs/all/a.shtml': '<!--#echo var="DOCUMENT_NAME" -->\n',
};

function include(name: string, lines: string, requests: ComparisonCase['requests']): ComparisonCase {
  const config = `Options +Includes\nAddType text/html .shtml\nAddOutputFilter INCLUDES .shtml\n${lines}`;
  return { name, plugin: 'include', modules: ['include'], config, files, requests };
}

export const cases: readonly ComparisonCase[] = [
  include(
    'Requests inside a page',
    `DirectoryIndex index.shtml
Redirect /moved /a.txt
Redirect gone /gone
<Location /denied>
Require all denied
</Location>`,
    [
      'GET /query.shtml',
      'GET /query.shtml?out=1',
      'GET /folder.shtml',
      'GET /index/',
      'GET /moved.shtml',
      { request: 'GET /denied.shtml', differs: '`include file` of what a Location forbids' },
      'GET /up/up.shtml',
      'GET /strange.shtml',
      'GET /branch.shtml',
      'GET /halves.shtml',
      'GET /config.shtml',
      {
        request: 'GET /expr.shtml',
        headers: { 'X-A': '1' },
        differs: 'Vary of a page whose expressions read request headers',
      },
      'HEAD /methods.shtml',
      'GET /methods.shtml',
    ],
  ),
  include(
    'A page as ErrorDocument',
    'ErrorDocument 404 /error.shtml\nErrorDocument 403 /fails.shtml\n<Location /denied>\nRequire all denied\n</Location>',
    ['GET /missing?q=1', 'GET /denied/a.txt', 'HEAD /missing'],
  ),
  include('An apostrophe', '', [
    { request: 'GET /apostrophe.shtml', differs: 'an apostrophe in a value that a page shows' },
  ]),
  include('In .htaccess', '', ['GET /set/a.txt', 'GET /narrow/a.txt']),
  include(
    'AllowOverride without Includes',
    '<Directory @ROOT@/htdocs/narrow>\nAllowOverride FileInfo Options=Indexes\n</Directory>',
    ['GET /narrow/a.txt'],
  ),
  include(
    'AllowOverride with Includes',
    '<Directory @ROOT@/htdocs/narrow>\nAllowOverride FileInfo Options=Includes\n</Directory>',
    ['GET /narrow/a.txt'],
  ),
  include('Options All', '<Directory @ROOT@/htdocs/all>\nOptions All\n</Directory>', ['GET /all/a.shtml']),
  include('Options None', '<Directory @ROOT@/htdocs/all>\nOptions None\n</Directory>', [
    { request: 'GET /all/a.shtml', differs: 'the ETag of a page whose elements are left alone' },
  ]),
  ...['SSIETag Maybe', 'SSIStartTag', 'XBitHack Sometimes', 'SSIErrorMsg a b', 'SSILegacyExprParser 1'].map(
    (line): ComparisonCase => ({
      name: `A bad line: ${line}`,
      plugin: 'include',
      modules: ['include'],
      config: `<Directory @ROOT@/htdocs>\n${line}\n</Directory>`,
      refused: true,
      requests: [],
    }),
  ),
];
