// What 1,000 lines of config cost each request, in Sluice and in Apache: node bench/config-cost.mjs [--seconds N] [--rounds N]
// The processor's time is counted, as Linux tells it, for it says more than the clock's on a busy machine.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endAll } from './children.mjs';
import { writeFiles } from './files.mjs';
import { load } from './load.mjs';
import { ServerProcess, freePort } from './server-process.mjs';
import { apacheConfig, apacheProgram } from './servers/apache.mjs';

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

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
process.once('exit', () => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});
// Apache's workers read the files as another user.
chmodSync(folder, 0o755);
writeFiles(folder);

const found = apacheProgram();
const sluice = await measure('sluice', (file) => ({
  command: process.execPath,
  args: [join(import.meta.dirname, 'serve-config.mjs'), file],
  isNode: true,
}));
const apache =
  found === undefined
    ? undefined
    : await measure('apache', (file) => ({ command: found.command, args: ['-DFOREGROUND', '-f', file] }));

console.log(`${count} of each, microseconds that they add to a request for a file of 10 KB`);
for (const name of Object.keys(configs).slice(1)) {
  const [ours, theirs] = [sluice, apache].map((costs) => costs && Math.max(costs[name] - costs['nothing'], 0));
  const beside =
    theirs === undefined
      ? ''
      : `   apache ${theirs.toFixed(1)}   ratio ${theirs < 1 ? '-' : (ours / theirs).toFixed(2)}`;
  console.log(`${name.padEnd(30)} sluice ${ours.toFixed(1)}${beside}`);
}

/**
 * Microseconds of the processor per request for each config, the least of the rounds, which the configs take in turns.
 *
 * @param {'sluice' | 'apache'} name
 * @param {(file: string) => import('./server-process.mjs').ServerCommand} command
 * @returns {Promise<Record<string, number>>}
 */
async function measure(name, command) {
  const servers = new Map();
  for (const [kind, text] of Object.entries(configs)) {
    const port = await freePort();
    const file = join(folder, `${name}-${servers.size}.conf`);
    writeFileSync(file, name === 'apache' ? apacheConfig(port, folder, ['rewrite'], text) : sluiceConfig(port, text));
    const server = new ServerProcess(port, command(file), {});
    await server.ready();
    servers.set(kind, server);
  }
  const costs = new Map([...servers.keys()].map((kind) => [kind, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [kind, { port, pid }] of servers) {
      const before = processorSeconds(pid);
      const length = round < 0 ? 1 : seconds;
      const sample = await load({ path: '/page.txt', method: 'GET', headers: {} }, port, length, 32);
      if (sample.badStatus > 0 || sample.socketErrors > 0) throw new Error(`${name} failed with ${kind}`);
      const used = processorSeconds(pid) - before;
      if (round >= 0) costs.get(kind).push((1e6 * used) / (sample.requestsPerSecond * length));
    }
  }
  for (const server of servers.values()) await server.stop();
  return Object.fromEntries([...costs].map(([kind, samples]) => [kind, Math.min(...samples)]));
}

/** Of a process and its children, in steps of a hundredth. */
function processorSeconds(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + processorSeconds(child), (Number(user) + Number(system)) / 100);
}

function sluiceConfig(port, text) {
  return `Listen 127.0.0.1:${port}\nServerName localhost\nDocumentRoot ${folder}/htdocs\n${text}\n`;
}

function lines(write) {
  return Array.from({ length: count }, (_, n) => write(n)).join('\n');
}
