import { apacheVersion } from './apache.ts';
import { type Answers, ask } from './ask.ts';
import type { ComparisonCase } from './comparison-case.ts';
import { type Pair, pairsOf } from './pairs.ts';
import { figures, pairText } from './report.ts';
import { readStored, storedAnswers, writeStored } from './stored-answers.ts';
import { casesOf, topics } from './topics.ts';

/**
 * `npm run compare [-- TOPIC [PART-OF-NAME]]` asks both servers and shows what is unequal, then the figures. Where apache2
 * isn't installed, its stored answers are taken. `npm run compare:record [-- TOPIC]` stores what Apache answers now.
 */
export async function main([command, topic, part]: readonly string[]): Promise<void> {
  if (topic !== undefined && !topics.includes(topic)) {
    throw new Error(`there is no topic ${topic}; there are ${topics.join(', ')}`);
  }
  const chosen = topic === undefined ? topics : [topic];
  if (command === 'record') for (const name of chosen) await record(name);
  else await compare(chosen, part);
}

async function record(topic: string): Promise<void> {
  const recorded: [ComparisonCase, Answers][] = [];
  for (const comparison of await casesOf(topic)) {
    const answers = await ask('apache', comparison);
    if ('refusal' in answers && comparison.refused !== true) {
      throw new Error(`${topic}, ${comparison.name}: Apache does not start: ${answers.refusal}`);
    }
    recorded.push([comparison, answers]);
  }
  writeStored(topic, recorded);
  process.stdout.write(`${topic}: recorded ${recorded.length} cases\n`);
}

async function compare(chosen: readonly string[], part = ''): Promise<void> {
  const pairs: Pair[] = [];
  for (const topic of chosen) {
    for (const comparison of await casesOf(topic)) {
      if (!comparison.name.includes(part)) continue;
      const found = pairsOf(comparison, await askApache(topic, comparison), await ask('sluice', comparison));
      for (const pair of found) if (pair.fault !== undefined) process.stdout.write(pairText(pair));
      pairs.push(...found);
    }
  }
  process.stdout.write(figures(pairs));
  if (pairs.some(({ fault }) => fault !== undefined)) process.exitCode = 1;
}

async function askApache(topic: string, comparison: ComparisonCase): Promise<Answers> {
  if (apacheVersion !== undefined) return ask('apache', comparison);
  const stored = storedAnswers(readStored(topic), comparison);
  if (stored !== undefined) return stored;
  throw new Error(`${topic}, ${comparison.name}: nothing is stored for it, and apache2 is not installed`);
}
