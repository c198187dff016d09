import type { ComparisonCase } from '../comparison-case.ts';
import { few, files, listing, options, usual } from '../listed-files.ts';

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Folders first, in a plain list and in columns as wide as the names',
    plugin: 'autoindex',
    config: 'Options Indexes\nIndexOptions FancyIndexing FoldersFirst NameWidth=* Charset=UTF-8',
    files: few,
    requests: ['GET /few/', 'GET /few/?F=0', 'GET /few/?F=2', 'GET /few/?F=0;O=D', 'GET /few/?C=S;O=D'],
  },
  {
    name: 'Signs in a second line, without a section',
    plugin: 'autoindex',
    config: `${usual}IndexOptions +SuppressRules`,
    files: few,
    requests: [{ request: 'GET /few/', differs: 'IndexOptions with signs outside of sections' }],
  },
  listing('A table', options('FancyIndexing HTMLTable')),
  listing('A table in full', options('FancyIndexing HTMLTable IconsAreLinks XHTML', 'DefaultIcon /d.gif')),
  listing('HTMLTable alone', options('HTMLTable'), [
    'GET /few/',
    'GET /few/?F=1',
    'GET /few/?F=0',
    'GET /few/?F=2;C=S',
  ]),
  listing('XHTML', options('XHTML'), ['GET /few/', 'GET /few/?F=1', 'GET /few/?F=2']),
  listing('None', options('FancyIndexing None'), ['GET /few/']),
  listing(
    'Signs add and take away',
    `${options('FancyIndexing FoldersFirst SuppressSize')}
      <Directory @ROOT@/htdocs/few>
        IndexOptions -SuppressSize +SuppressIcon
      </Directory>
      <Directory @ROOT@/htdocs/few/sub>
        IndexOptions HTMLTable
      </Directory>`,
    ['GET /few/', 'GET /few/sub/'],
  ),
  listing(
    'Columns are left out',
    options(
      'FancyIndexing SuppressIcon SuppressLastModified SuppressSize',
      'AddDescription "a text that is longer than the column would be else" a.txt',
    ),
    ['GET /few/', 'GET /few/?F=2'],
  ),
  listing('No description', options('FancyIndexing SuppressDescription'), ['GET /few/', 'GET /few/?F=2']),
  listing('No rules', options('FancyIndexing SuppressRules'), ['GET /few/', 'GET /few/?F=2']),
  listing('No sorting', options('FancyIndexing SuppressColumnSorting'), ['GET /few/?C=S;O=D', 'GET /few/?F=2']),
  listing(
    'Only the name',
    options('FancyIndexing SuppressLastModified SuppressSize SuppressDescription SuppressIcon'),
    ['GET /few/', 'GET /few/?F=2'],
  ),
  listing('Old dates', options('FancyIndexing UseOldDateFormat'), ['GET /few/', 'GET /few/?F=2']),
  listing('Charset and type', 'Options Indexes\nIndexOptions FancyIndexing Charset=iso-8859-15 Type=text/plain', [
    'GET /few/',
    'HEAD /few/',
  ]),
  listing('Modified', options('FancyIndexing TrackModified'), [
    'HEAD /few/sub/',
    { request: 'GET /few/', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2024 03:04:05 GMT' } },
    { request: 'GET /few/', headers: { 'If-Modified-Since': 'Tue, 02 Jan 2020 03:04:05 GMT' } },
    { request: 'GET /few/', headers: { 'If-None-Match': '*' } },
    { request: 'GET /few/', headers: { 'If-None-Match': '"x"' } },
  ]),
  ...['5', '7', '40', '*'].map((width) => ({
    name: `NameWidth=${width}`,
    plugin: 'autoindex',
    config: options(`FancyIndexing NameWidth=${width}`),
    files,
    requests: ['GET /list/', 'GET /list/?F=2', 'GET /list/?F=0'],
  })),
  ...['12', '20', '*'].map((width) =>
    listing(
      `DescriptionWidth=${width}`,
      options(
        `FancyIndexing DescriptionWidth=${width}`,
        `AddDescription "Twelve chars" a.txt
         AddDescription "<b>Bold &amp; strong</b> &lt;words&gt; on and on" b.html
         AddDescription "A description of many words, none of them wanted" c.bin`,
      ),
      ['GET /few/', 'GET /few/?F=2'],
    ),
  ),
  listing(
    'Titles are descriptions',
    options('FancyIndexing ScanHTMLTitles DescriptionWidth=*', 'AddDescription "said" c.bin'),
    ['GET /few/', 'GET /few/?C=D;O=D'],
  ),
  listing(
    'Descriptions by part of the name, pattern and path',
    `${usual}AddDescription "text" *.txt
      AddDescription "part" b.h
      AddDescription "path" few/c
      AddDescription "folder" sub
      AddDescription "above" ..`,
  ),
  listing(
    'Icons by name, type and encoding, with their text',
    `${usual}AddEncoding x-gzip .gz
      AddIconByEncoding (GZ,/i/gz.gif) x-gzip
      AddIconByType (TXT,/i/text.gif) text/*
      AddIcon /i/bin.gif .bin
      AddIcon /i/folder.gif ^^DIRECTORY^^
      AddIcon /i/blank.gif ^^BLANKICON^^
      AddIcon /i/up.gif ..
      AddAlt "binary" *.bin
      AddAltByType "type" text/html
      DefaultIcon /i/unknown.gif`,
    ['GET /few/', 'GET /few/?F=2'],
  ),
  ...['IconWidth', 'IconHeight', 'IconWidth=10 IconHeight=12', 'IconHeight=5'].map((size) =>
    listing(
      `Icons with ${size}`,
      options(`FancyIndexing ${size}`, 'DefaultIcon /d.gif\nAddIcon /b.gif ^^BLANKICON^^'),
      ['GET /few/', 'GET /few/?F=2'],
    ),
  ),
  listing('Icons are links', options('FancyIndexing IconsAreLinks', 'AddIcon /a.gif .txt'), [
    'GET /few/',
    'GET /few/?F=2',
  ]),
  {
    name: 'Debian’s own options',
    plugin: 'autoindex',
    config: `Options Indexes
      IndexOptions FancyIndexing VersionSort HTMLTable NameWidth=* DescriptionWidth=* Charset=UTF-8
      AddIconByEncoding (CMP,/icons/compressed.gif) x-compress x-gzip x-bzip2
      AddIconByType (TXT,/icons/text.gif) text/*
      AddIconByType (IMG,/icons/image2.gif) image/*
      AddIcon /icons/binary.gif .bin .exe
      AddIcon /icons/layout.gif .html .shtml .htm .pdf
      AddIcon /icons/back.gif ..
      AddIcon /icons/hand.right.gif README
      AddIcon /icons/folder.gif ^^DIRECTORY^^
      AddIcon /icons/blank.gif ^^BLANKICON^^
      DefaultIcon /icons/unknown.gif
      ReadmeName README.html
      HeaderName HEADER.html
      IndexIgnore .??* *~ *# RCS CVS *,v *,t`,
    files,
    requests: ['GET /list/', 'GET /list/?C=M;O=D', 'GET /list/sub/'],
  },
  ...[
    'IndexOptions Fancy',
    'IndexOptions +None',
    'IndexOptions NameWidth=4',
    'IndexOptions DescriptionWidth=11',
    'IndexOrderDefault Up Name',
    'IndexOrderDefault Ascending Colour',
    'IndexOrderDefault Ascending',
    'AddIcon /a.gif',
    'AddIcon (ALT /a.gif) .txt',
    'AddDescription text',
    'DefaultIcon',
    'HeaderName a b',
    'IndexIgnore',
    'IndexIgnoreReset Perhaps',
    'IndexStyleSheet',
  ].map((line) => ({
    name: `A bad line: ${line}`,
    plugin: 'autoindex',
    config: line,
    refused: true as const,
    requests: [],
  })),
];
