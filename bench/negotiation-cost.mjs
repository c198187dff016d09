// What content negotiation among 20 variants costs each request, in Sluice and in Apache, beside asking for one of them by its
// name: node bench/negotiation-cost.mjs [--seconds N] [--rounds N]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { folder, measureCosts } from './cost.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '5' } },
});

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'pl'];
const types = { html: 'text/html', txt: 'text/plain' };
const headers = {
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Accept-Language': 'sv,en-GB;q=0.8,en;q=0.5',
};

const site = join(folder, 'htdocs/variants');
mkdirSync(site, { recursive: true });
const records = languages.flatMap((language) =>
  Object.entries(types).map(([extension, type]) => {
    const name = `page.${language}.${extension}`;
    writeFileSync(join(site, name), `${name}\n`);
    return `URI: ${name}\nContent-Type: ${type}\nContent-Language: ${language}\n`;
  }),
);
writeFileSync(join(site, 'map.var'), records.join('\n'));

const text = `AddType text/html .html
AddType text/plain .txt
${languages.map((language) => `AddLanguage ${language} .${language}`).join('\n')}
AddHandler type-map .var
<Directory ${site}>
  Options MultiViews
</Directory>`;

const { sluice, apache } = await measureCosts({
  configs: {
    'by its name': { text, path: '/variants/page.sv.html', headers },
    MultiViews: { text, path: '/variants/page', headers },
    'a type map': { text, path: '/variants/map.var', headers },
  },
  modules: ['negotiation'],
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
});

console.log(`one of ${records.length} variants, microseconds of the processor per request`);
for (const [name, ours] of Object.entries(sluice)) {
  const theirs = apache?.[name];
  const beside = theirs === undefined ? '' : `   apache ${theirs.toFixed(1)}   ratio ${(ours / theirs).toFixed(2)}`;
  console.log(`${name.padEnd(20)} sluice ${ours.toFixed(1)}${beside}`);
}
