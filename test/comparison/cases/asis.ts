import type { ComparisonCase } from '../comparison-case.ts';

const files = {
  'htdocs/page.asis': 'Content-Type: text/x-own\nX-Two: 2\n\nthe body\n',
  'htdocs/crlf.asis': 'Content-Type: text/plain\r\nX-Line: crlf\r\n\r\nthe body\r\n',
  'htdocs/moved.asis':
    'Status: 301 Now where did I leave that URL\nLocation: http://other.test/new\nContent-Type: text/html\n\n<p>moved</p>\n',
  'htdocs/gone.asis': 'Status: 410\nContent-Type: text/plain\n\ngone\n',
  'htdocs/teapot.asis': 'Status: 404 No Such Thing\nContent-Type: text/plain\n\nnothing\n',
  'htdocs/inside.asis': 'Location: /page.asis\n\nunseen\n',
  'htdocs/inside-moved.asis': 'Status: 302 x\nLocation: /plain.txt?q\n\nunseen\n',
  'htdocs/outside.asis': 'Location: http://other.test/x\nContent-Type: text/plain\n\nseen\n',
  'htdocs/loop.asis': 'Location: /loop.asis\n\nunseen\n',
  'htdocs/cookies.asis': 'Set-Cookie: a=1\nSet-Cookie: b=2\nX-List: one\nX-List: two\nContent-Type: text/plain\n\nx',
  'htdocs/empty.asis': 'Content-Type: text/plain\n\n',
  'htdocs/bare.asis': '\nno headers at all\n',
  'htdocs/zero.asis': '',
  'htdocs/malformed.asis': 'this is no header\n\nbody\n',
  'htdocs/unfinished.asis': 'Content-Type: text/plain\n',
  'htdocs/language.asis': 'Content-Type: text/plain\nContent-Language: de\nContent-Encoding: x-own\nETag: "e"\n\nx',
  'htdocs/length.asis': 'Content-Length: 3\nContent-Type: text/plain\n\nlonger than three',
  'htdocs/framing.asis': 'Transfer-Encoding: chunked\nContent-Type: text/plain\n\n0\r\n\r\n',
  'htdocs/spaces.asis': 'Content-Type:   text/plain  \nX-Colon: a:b: c\nX-Empty:\n\nx',
  'htdocs/date.asis': 'Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT\nContent-Type: text/plain\n\ndated',
  'htdocs/notype.asis': 'X-Own: yes\n\nno type',
  'htdocs/bad-status.asis': 'Status: abc\nContent-Type: text/plain\n\nx',
  'htdocs/typed.html.asis': 'X-Own: yes\n\n<p>typed by its name</p>',
  'htdocs/plain.txt': 'plain',
};

export const cases: readonly ComparisonCase[] = [
  {
    name: 'send-as-is takes the headers from the file',
    plugin: 'asis',
    modules: ['asis'],
    config: 'AddHandler send-as-is asis',
    files,
    requests: [
      'GET /page.asis',
      { request: 'HEAD /page.asis', differs: 'HEAD of a file for send-as-is' },
      'GET /page.asis?x=1',
      'GET /crlf.asis',
      'GET /moved.asis',
      'HEAD /moved.asis',
      'GET /gone.asis',
      'GET /teapot.asis',
      'GET /inside.asis',
      'GET /inside-moved.asis',
      'GET /outside.asis',
      'GET /loop.asis',
      'GET /cookies.asis',
      'GET /empty.asis',
      'GET /bare.asis',
      { request: 'GET /zero.asis', differs: 'a file for send-as-is without a proper head' },
      { request: 'GET /malformed.asis', differs: 'a file for send-as-is without a proper head' },
      { request: 'GET /unfinished.asis', differs: 'a file for send-as-is without a proper head' },
      'GET /language.asis',
      'GET /length.asis',
      { request: 'GET /framing.asis', differs: 'Transfer-Encoding in a file for send-as-is' },
      'GET /spaces.asis',
      'GET /date.asis',
      { request: 'GET /date.asis', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 00:00:00 GMT' } },
      { request: 'GET /page.asis', headers: { Range: 'bytes=0-2' } },
      'GET /notype.asis',
      'GET /typed.html.asis',
      { request: 'GET /bad-status.asis', differs: 'a file for send-as-is without a proper head' },
      'GET /none.asis',
      'GET /page.asis/more',
      { request: 'POST /page.asis', differs: 'POST to a file' },
      { request: 'PUT /page.asis', differs: 'Allow' },
      'GET /plain.txt',
    ],
  },
  {
    name: 'the type httpd/send-as-is stands for the handler',
    plugin: 'asis',
    modules: ['asis'],
    config: `
AddType httpd/send-as-is asis
<Files "plain.txt">
  ForceType httpd/send-as-is
</Files>
<Files "moved.asis">
  SetHandler default-handler
</Files>`,
    files: { ...files, 'htdocs/plain.txt': 'X-Plain: yes\n\nplain' },
    requests: ['GET /page.asis', 'GET /plain.txt', 'GET /moved.asis', 'GET /none.asis'],
  },
];
