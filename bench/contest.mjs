import { join } from 'node:path';
import { check } from './check.mjs';
import { load } from './load.mjs';
import { knowsUsage, processorSeconds, residentMegabytes } from './process-usage.mjs';
import { ServerProcess, freePort } from './server-process.mjs';
import { summarise } from './statistics.mjs';

/** @typedef {import('./contestants.mjs').Contestant} Contestant */
/** @typedef {import('./workloads.mjs').Workload} Workload */
/** @typedef {import('./load.mjs').Sample} Sample */
/** @typedef {{ rounds: number, seconds: number, connections: number, folder: string, say: (line: string) => void }} Terms */

/**
 * All contestants on one workload, in turns. The first one is the measure of the others.
 *
 * @param {Workload} workload
 * @param {readonly Contestant[]} contestants
 * @param {Terms} terms
 * @returns {Promise<import('./table.mjs').WorkloadResult & { rows: readonly { rounds: readonly (Sample | undefined)[] }[] }>}
 */
export async function contest(workload, contestants, terms) {
  const players = contestants
    .filter(({ takesPart }) => takesPart(workload.id))
    .map((one) => new Player(one, workload, terms));
  try {
    for (const player of players) await player.prepare();
    for (let round = 0; round < terms.rounds; round++) {
      terms.say(`${workload.id} round ${round + 1} of ${terms.rounds}`);
      // Nobody always follows the same one.
      const first = round % players.length;
      for (const player of [...players.slice(first), ...players.slice(0, first)]) await player.play();
    }
  } finally {
    await Promise.all(players.map((player) => player.stop()));
  }
  const measure = players[0]?.rounds ?? [];
  const rows = players.map(({ name, version, failure, rounds }) => ({
    name,
    version,
    failure,
    summary: summarise(rounds, measure),
    rounds,
  }));
  return { id: workload.id, title: workload.title, rows };
}

/** A server is warm after so many requests, or after as long as so many turns take. */
const WARM_REQUESTS = 20_000;
const WARM_TURNS = 8;

/** One contestant on one workload; what goes wrong is kept, and the others go on. */
class Player {
  /** @type {(Sample | undefined)[]} */
  rounds = [];
  /** @type {string | undefined} */
  failure = undefined;
  /** @type {ServerProcess | undefined} */
  #server = undefined;
  #contestant;
  #workload;
  #terms;

  /**
   * @param {Contestant} contestant
   * @param {Workload} workload
   * @param {Terms} terms
   */
  constructor(contestant, workload, terms) {
    this.#contestant = contestant;
    this.#workload = workload;
    this.#terms = terms;
    this.name = contestant.name;
    this.version = contestant.version;
  }

  /** Starts the server, checks its answer and lets it run warm. */
  prepare() {
    return this.#attempt(async () => {
      const { folder } = this.#terms;
      const port = await freePort();
      const logFile = join(folder, `${this.name}-${this.#workload.id}.log`);
      const command = this.#contestant.prepare(this.#workload.id, port, folder);
      this.#server = new ServerProcess(port, command, { BENCH_FOLDER: folder, BENCH_LOG: logFile });
      await this.#server.ready();
      this.failure = await check(this.#workload, port, logFile);
      if (this.failure === undefined) await this.#runWarm();
    });
  }

  /** V8 compiles well only what has run often, which takes longer where each request does. */
  async #runWarm() {
    const { seconds } = this.#terms;
    const step = Math.min(seconds, 1);
    let answered = 0;
    for (let spent = 0; answered < WARM_REQUESTS && spent < WARM_TURNS * seconds; spent += step) {
      const { requestsPerSecond } = await this.#load(step);
      answered += requestsPerSecond * step;
    }
  }

  /** One turn. */
  async play() {
    const round = this.rounds.push(undefined) - 1;
    await this.#attempt(async () => {
      const sample = await this.#measure();
      this.failure = this.#server?.failure;
      if (sample.requestsPerSecond === 0) this.failure ??= `nothing was answered in round ${round + 1}`;
      if (this.failure === undefined) this.rounds[round] = sample;
    });
  }

  async stop() {
    await this.#server?.stop();
  }

  /** A stretch of load, with what it cost the server where that is known. */
  async #measure() {
    const { seconds } = this.#terms;
    const pid = this.#server?.pid;
    if (!knowsUsage || pid === undefined) return this.#load(seconds);
    const before = processorSeconds(pid);
    const sample = await this.#load(seconds);
    const processor = (1e6 * (processorSeconds(pid) - before)) / (sample.requestsPerSecond * seconds);
    return { ...sample, processor, memory: residentMegabytes(pid) };
  }

  /** @param {number} seconds */
  #load(seconds) {
    return load(this.#workload, this.#server?.port ?? 0, seconds, this.#terms.connections);
  }

  /** @param {() => Promise<void>} step */
  async #attempt(step) {
    if (this.failure !== undefined) return;
    try {
      await step();
    } catch (error) {
      this.failure = /** @type {Error} */ (error).message;
    }
    if (this.failure !== undefined) this.#terms.say(`${this.#workload.id} ${this.name} failed: ${this.failure}`);
  }
}
