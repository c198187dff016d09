import { parseArgs } from 'node:util';
import { contenders } from './contestants.mjs';
import { workloads } from './workloads.mjs';

export const help = `Usage: npm run bench -- [options]

Compares Sluice with bare node:http, Koa, Express, Fastify and Hono, in turns, on this machine.

  --only W1,W3           these workloads (default: all)
  --contenders koa,hono  these contenders, and bare, the measure (default: all)
  --servers              Apache, with and without mod_python, and nginx too, where they are installed
  --rounds N             rounds (default: 6)
  --seconds N            length of each turn (default: 2)
  --connections N        connections of the load (default: 64)
  --json FILE            writes all figures as JSON; - is standard output, instead of the tables
  --profile W1           instead of comparing, writes a CPU profile of Sluice under one workload
  --help                 this text

${workloads.map(({ id, title }) => `  ${id}  ${title}`).join('\n')}
`;

/**
 * Reads the command line. Throws an Error that says what is wrong.
 *
 * @param {readonly string[]} args
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      contenders: { type: 'string' },
      servers: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '6' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '64' },
      json: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const ids = workloads.map(({ id }) => id);
  const names = contenders.map(({ name }) => name);
  const rounds = positive('--rounds', values.rounds);
  const connections = positive('--connections', values.connections);
  if (!Number.isInteger(rounds)) throw new Error(`--rounds must be a whole number, not ${values.rounds}`);
  if (!Number.isInteger(connections))
    throw new Error(`--connections must be a whole number, not ${values.connections}`);
  return {
    workloads: choose('--only', values.only?.toUpperCase(), ids),
    contenders: choose('--contenders', values.contenders, names),
    withServers: values.servers,
    rounds,
    seconds: positive('--seconds', values.seconds),
    connections,
    json: values.json,
    profile: values.profile === undefined ? undefined : choose('--profile', values.profile.toUpperCase(), ids)[0],
    help: values.help,
  };
}

/**
 * @param {string} option
 * @param {string | undefined} list
 * @param {readonly string[]} known
 */
function choose(option, list, known) {
  if (list === undefined) return known;
  const chosen = list.split(',').map((name) => name.trim());
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`${option} knows ${known.join(', ')}, not "${unknown}"`);
  return chosen;
}

/**
 * @param {string} option
 * @param {string} text
 */
function positive(option, text) {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) throw new Error(`${option} must be a number above 0, not ${text}`);
  return number;
}
