import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const modules = ['imagemap'];

const map = `
# a comment
base map
poly inside.html "The star" 100,100 200,100 150,200
circle /round.html 300,300 310,300 "The circle"
rect http://other.test/box.html 400,400 450,420
rect ../up.html 10,10 20,20
rect nocontent 30,30 40,40
rect error 50,50 60,60
rect referer 70,70 80,80
rect map 90,90 95,95
unknown x.html 500,500 600,600
default elsewhere.html
`;

const files = {
  'htdocs/maps/a.map': map,
  'htdocs/maps/points.map':
    'point near.html 10,10\npoint far.html 1000,1000\nrect box.html 500,500 510,510\ndefault none.html\n',
  'htdocs/maps/concave.map': 'poly in.html 0,0 100,0 100,100 50,50 0,100\ndefault out.html\n',
  'htdocs/maps/plain.map': 'rect box.html 10,10 20,20\n',
  'htdocs/maps/base.map':
    'base http://base.test/dir/index.html\nrect sub/x.html 10,10 20,20\nrect /abs.html 30,30 40,40\nrect ../up.html 50,50 60,60\nrect ../../above.html 70,70 80,80\ndefault ?query\n',
  'htdocs/maps/referer.map': 'base referer\nrect x.html 10,10 20,20\ndefault referer\n',
  'htdocs/maps/broken.map': 'rect box.html 10,10 20,20\nlonely\n',
  'htdocs/maps/odd.map':
    'RECT upper.html 20,20 10,10\npoly line.html 50,50 60,60\nrect spaces.html 70, 70   80, 80\nrect nonsense.html a,b c,d\nDEFAULT end.html "words"\n',
  'htdocs/maps/short.map': 'circle small.html 40,40\ndefault end.html\n',
  'htdocs/maps/empty.map': '',
  'htdocs/maps/climb.map': 'rect ../../../x.html 10,10 20,20\ndefault /ok\n',
  'htdocs/top.map': 'rect ../x.html 10,10 20,20\ndefault ok.html\n',
};

const config = 'AddHandler imap-file map';

function click(file: string, ...points: readonly string[]): string[] {
  return points.map((point) => `GET /maps/${file}.map?${point}`);
}

function cameFrom(request: string, page: string): ComparisonRequest {
  return { request, headers: { Referer: page } };
}

const menu = 'the menu of an image map';

export const cases: readonly ComparisonCase[] = [
  {
    name: 'an image map leads to the target of the first shape around the point',
    plugin: 'imagemap',
    modules,
    config,
    files,
    requests: [
      ...click('a', '150,150', '100,100', '150,101', '101,199', '200,100', '300,300', '300,310', '307,307', '308,308'),
      ...click('a', '400,400', '450,420', '451,420', '15,15', '35,35', '55,55', '75,75', '92,92', '550,550', '1,1'),
      cameFrom('GET /maps/a.map?75,75', 'http://came.test/from'),
      'HEAD /maps/a.map?150,150',
      ...click('concave', '10,10', '50,40', '50,60', '50,50', '0,1', '100,100', '50,99', '25,75', '24,75'),
    ],
  },
  {
    name: 'the type application/x-httpd-imap stands for the handler',
    plugin: 'imagemap',
    modules,
    config: 'AddType application/x-httpd-imap map',
    files,
    requests: click('plain', '15,15', '1,1'),
  },
  {
    name: 'the nearest point is taken where no shape is around',
    plugin: 'imagemap',
    modules,
    config,
    files,
    requests: click('points', '11,11', '505,505', '504,506', '900,900', '505,504.5', '499,499'),
  },
  {
    name: 'targets are seen from the base',
    plugin: 'imagemap',
    modules,
    config,
    files,
    requests: [
      ...click('base', '15,15', '35,35', '55,55', '75,75', '1,1'),
      cameFrom('GET /maps/referer.map?15,15', 'http://came.test/a/b.html'),
      cameFrom('GET /maps/referer.map?1,1', 'http://came.test/a/b.html'),
      ...click('referer', '15,15', '1,1'),
      ...click('climb', '15,15', '1,1'),
      'GET /top.map?15,15',
      'GET /top.map?1,1',
    ],
  },
  {
    name: 'nonsense in a map and in the query',
    plugin: 'imagemap',
    modules,
    config,
    files,
    requests: [
      ...click('odd', '15,15', '55,55', '75,75', '1,1'),
      ...click('broken', '15,15', '1,1'),
      { request: 'GET /maps/short.map?45,45', differs: 'an area of an image map with too few points' },
      ...click('empty', '1,1'),
      ...click(
        'plain',
        '15,15',
        '1,1',
        'x15y,z15',
        '15.5,15',
        '15,15,15',
        '%31%35,15',
        '-15,15',
        '999999999999999999,1',
      ),
      'GET /maps/none.map?1,1',
      'GET /maps/../maps/plain.map?15,15',
      'GET /maps/%2e%2e/maps/plain.map?15,15',
      'GET /maps/..%2fplain.map?15,15',
      { request: 'POST /maps/plain.map?15,15', differs: 'POST to a file' },
    ],
  },
  {
    name: 'clients that have clicked nowhere get a menu',
    plugin: 'imagemap',
    modules,
    config: `${config}
<Files "points.map">
  ImapMenu semiformatted
</Files>
<Files "base.map">
  ImapMenu unformatted
</Files>
<Files "plain.map">
  ImapMenu none
</Files>`,
    files,
    requests: [
      { request: 'GET /maps/a.map', differs: menu },
      { request: 'GET /maps/a.map?0,0', differs: menu },
      { request: 'GET /maps/points.map?nothing', differs: menu },
      { request: 'GET /maps/base.map', differs: menu },
      'GET /maps/plain.map',
      'GET /maps/plain.map?0,0',
    ],
  },
  {
    name: 'ImapDefault and ImapBase stand in for what a map does not say',
    plugin: 'imagemap',
    modules,
    config: `${config}
ImapMenu none
ImapDefault http://default.test/
ImapBase http://imap.test/base/x
<Directory "@ROOT@/htdocs/sub">
  ImapDefault error
  ImapBase referer
</Directory>
<Directory "@ROOT@/htdocs/page">
  ImapDefault page.html
</Directory>
<Directory "@ROOT@/htdocs/back">
  ImapDefault referer
</Directory>`,
    files: {
      ...files,
      'htdocs/sub/x.map': 'rect x.html 10,10 20,20\n',
      'htdocs/page/x.map': 'rect x.html 10,10 20,20\n',
      'htdocs/back/x.map': 'rect x.html 10,10 20,20\n',
    },
    requests: [
      'GET /maps/plain.map',
      'GET /maps/plain.map?1,1',
      'GET /maps/plain.map?15,15',
      'GET /maps/points.map?11,11',
      'GET /sub/x.map?1,1',
      cameFrom('GET /sub/x.map?15,15', 'http://came.test/a/'),
      'GET /page/x.map?1,1',
      cameFrom('GET /back/x.map?1,1', 'http://came.test/b'),
    ],
  },
  ...['ImapDefault', 'ImapBase a b', 'ImapMenu'].map((line): ComparisonCase => ({
    name: `${line} is an error`,
    plugin: 'imagemap',
    modules,
    config: line,
    refused: true,
    requests: [],
  })),
];
