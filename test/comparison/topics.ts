import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ComparisonCase } from './comparison-case.ts';

const folder = fileURLToPath(new URL('cases', import.meta.url));

/** The files of cases, without their extension. */
export const topics: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .toSorted();

/** Gives the cases of a topic. Throws where two of them have the same name. */
export async function casesOf(topic: string): Promise<readonly ComparisonCase[]> {
  const { cases } = (await import(`./cases/${topic}.ts`)) as { cases: readonly ComparisonCase[] };
  const names = cases.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two cases of ${topic} are called "${twice}"`);
  return cases;
}
