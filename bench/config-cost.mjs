// What 1,000 lines of config cost each request, in Sluice and in Apache: node bench/config-cost.mjs [--seconds N] [--rounds N]
import { parseArgs } from 'node:util';
import { measureCosts } from './cost.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '5' } },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const count = 1000;

/** Nothing of it is for the file that is asked for, so that every line has to be looked at. */
const configs = {
  nothing: '',
  'rewrite rules': `RewriteEngine On\n${lines((n) => `RewriteRule ^/old/section-${n}/(.*)$ /new/${n}/$1 [R=301,L]`)}`,
  'rewrite rules, unanchored': `RewriteEngine On\n${lines((n) => `RewriteRule section${n}/(\\w+)\\.html$ /new/${n}/$1 [NC,L]`)}`,
  'rewrite rules, a group first': `RewriteEngine On\n${lines((n) => `RewriteRule ^/([a-z]+)-${n}/(.*)$ /new/$1/$2 [L]`)}`,
  'rewrite rules, no plain text': `RewriteEngine On\n${lines((n) => `RewriteRule ^[/]([a-z]+)[-]\\d{${(n % 9) + 1}}[/] /new/$1 [L]`)}`,
  'Location sections': lines((n) => `<Location /area-${n}>\n  Header set X-Area ${n}\n</Location>`),
};

const { sluice, apache } = await measureCosts({
  configs: Object.fromEntries(Object.entries(configs).map(([name, text]) => [name, { text, path: '/page.txt' }])),
  modules: ['rewrite'],
  seconds,
  rounds,
});

console.log(`${count} of each, microseconds that they add to a request for a file of 10 KB`);
for (const name of Object.keys(configs).slice(1)) {
  const [ours, theirs] = [sluice, apache].map((costs) => costs && Math.max(costs[name] - costs['nothing'], 0));
  const beside =
    theirs === undefined
      ? ''
      : `   apache ${theirs.toFixed(1)}   ratio ${theirs < 1 ? '-' : (ours / theirs).toFixed(2)}`;
  console.log(`${name.padEnd(30)} sluice ${ours.toFixed(1)}${beside}`);
}

function lines(write) {
  return Array.from({ length: count }, (_, n) => write(n)).join('\n');
}
