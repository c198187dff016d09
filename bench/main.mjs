import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { canPin, endAll } from './children.mjs';
import { contenders, servers } from './contestants.mjs';
import { contest } from './contest.mjs';
import { writeFiles } from './files.mjs';
import { loadGenerator } from './load.mjs';
import { help, readOptions } from './options.mjs';
import { profile } from './profile.mjs';
import { ratioTable, workloadTable } from './table.mjs';
import { workloads } from './workloads.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
process.once('exit', () => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.once(signal, () => process.exit(code));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await run(options);
} catch (error) {
  console.error(`bench: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 1;
}

/** @param {ReturnType<typeof readOptions>} options */
async function run({ rounds, seconds, connections, json, ...options }) {
  const say = (/** @type {string} */ line) => console.error(line);
  // Apache's workers read the files as another user.
  chmodSync(folder, 0o755);
  writeFiles(folder);
  const profiled = workloads.find(({ id }) => id === options.profile);
  if (profiled !== undefined) {
    console.log(await profile(profiled, { seconds, connections, folder }));
    return;
  }

  const contestants = contenders.filter(({ name }) => name === 'bare' || options.contenders.includes(name));
  if (options.withServers) {
    for (const server of servers) {
      const found = server.find();
      if (found === undefined) say(`${server.name}: not installed`);
      else contestants.push(found);
    }
  }

  const conditions = {
    node: process.version,
    processor: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    pinned: canPin,
    generator: loadGenerator(seconds),
    connections,
    rounds,
    seconds,
  };
  const tables = json !== '-';
  const print = (/** @type {string} */ text) => tables && console.log(`${text}\n`);
  print(
    `Node ${conditions.node}, ${conditions.cores} cores${canPin ? ', server and load pinned to one each' : ', nothing pinned'}; ` +
      `${conditions.generator}, ${connections} connections, ${rounds} rounds of ${seconds} s`,
  );
  const results = [];
  for (const workload of workloads.filter(({ id }) => options.workloads.includes(id))) {
    const result = await contest(workload, contestants, { rounds, seconds, connections, folder, say });
    results.push(result);
    print(workloadTable(result));
  }
  print(ratioTable(results));

  const text = `${JSON.stringify({ conditions, workloads: results }, undefined, 2)}\n`;
  if (json === '-') process.stdout.write(text);
  else if (json !== undefined) writeFileSync(json, text);
}
