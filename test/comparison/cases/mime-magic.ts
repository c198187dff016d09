import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const magic = `# comment

0	string	\\<?xml
>38	string	\\<\\!DOCTYPE\\040svg	image/svg+xml
0	string	\\<?xml	text/xml
0	short	0xfeca	application/x-little
0	beshort	0xcaff	application/x-big
0	belong	0x89504e47	image/png
0	string	GIF8	image/gif
0	string	RIFF
>8	string	WAVE	audio/x-wav
>8	string	AVI	video/x-msvideo
0	string	%!
>2	string	PS	application/postscript
0	byte	=1	application/x-one
0	byte	>0x7f	application/x-high
0	ubyte	>0xf0	application/x-higher
0	byte&0xf0	0x20	application/x-masked
2	lelong	^1	application/x-clear
1	string	\\141\\x62c	application/x-escaped
0	string	BZ	application/x-bzip	x-bzip2
0	string	any
>3	byte	x	application/x-any
0	string	>zz	application/x-later
0	string	two
>3	string	A	application/x-a
>>4	string	B	application/x-b
>>4	string	C	application/x-c
>3	string	D	application/x-d
`;

const contents: Readonly<Record<string, string | Uint8Array>> = {
  svg: '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg>',
  xml: '<?xml version="1.0"?><a/>',
  little: new Uint8Array([0xca, 0xfe, 1, 1]),
  big: new Uint8Array([0xca, 0xff, 1, 1]),
  png: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10]),
  gif: 'GIF89a',
  wav: 'RIFF1234WAVEfmt',
  avi: 'RIFF1234AVI fmt',
  riff: 'RIFF1234else',
  ps: '%!PS-Adobe',
  one: new Uint8Array([1, 2, 3, 4, 5, 6]),
  bzip: 'BZh91AY',
  any: 'anything',
  twoa: 'twoA?',
  text: 'plain text\nof two lines\n',
  html: '<html><head></head></html>',
  doctype: '<!DOCTYPE html>\n<p>',
  empty: '',
  c: '/* code */\nint main() {}',
  utf8: 'Grüße',
};

const found = new Set(['xml', 'png', 'riff', 'text', 'utf8']);

function asking(name: string): ComparisonRequest {
  const request = `GET /${name}`;
  return found.has(name) ? { request, differs: 'what MimeMagicFile finds' } : { request };
}

/** Apache doesn't look at files of less than 64 bytes. */
function padded(content: string | Uint8Array): Uint8Array {
  return content.length === 0 ? new Uint8Array() : Buffer.concat([Buffer.from(content), Buffer.alloc(200, '\n')]);
}

export const cases: readonly ComparisonCase[] = [
  {
    name: 'The type by what a file begins with',
    plugin: 'mime_magic',
    modules: ['mime_magic'],
    config: 'MimeMagicFile @ROOT@/magic',
    files: {
      magic,
      ...Object.fromEntries(Object.entries(contents).map(([name, content]) => [`htdocs/${name}`, padded(content)])),
      'htdocs/named.html': padded('GIF89a'),
      'htdocs/unheard.of': padded('GIF89a'),
    },
    requests: [...Object.keys(contents).map(asking), 'GET /named.html', 'GET /unheard.of', 'GET /nothing'],
  },
  {
    name: 'The type of a small file by what it begins with',
    plugin: 'mime_magic',
    modules: ['mime_magic'],
    config: 'MimeMagicFile magic',
    files: { magic, 'htdocs/gif': 'GIF89a' },
    requests: [{ request: 'GET /gif', differs: 'what MimeMagicFile finds' }],
  },
  {
    name: 'Without a MimeMagicFile nothing is looked at',
    plugin: 'mime_magic',
    modules: ['mime_magic'],
    config: '',
    files: { 'htdocs/gif': padded('GIF89a') },
    requests: ['GET /gif'],
  },
  {
    name: 'Refused: MimeMagicFile without a file',
    plugin: 'mime_magic',
    modules: ['mime_magic'],
    config: 'MimeMagicFile',
    refused: true,
    requests: [],
  },
];
