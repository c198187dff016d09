import { describe, expect, it } from '@jest/globals';
import { ask } from './ask.ts';
import { pairsOf } from './pairs.ts';
import { readStored, storedAnswers } from './stored-answers.ts';
import { casesOf, topics } from './topics.ts';

const loaded = await Promise.all(topics.map(async (topic) => [topic, await casesOf(topic)] as const));

describe.each(loaded)('%s: Sluice answers as Apache does', (topic, cases) => {
  const stored = readStored(topic);

  it.each(cases)('$name', async (comparison) => {
    const apache = storedAnswers(stored, comparison);
    if (apache === undefined) throw new Error(`the case has changed; record it: npm run compare:record -- ${topic}`);
    const pairs = pairsOf(comparison, apache, await ask('sluice', comparison));
    expect(pairs.filter(({ fault }) => fault !== undefined)).toEqual([]);
  });

  it('has answers stored for its cases only', () => {
    expect(Object.keys(stored).toSorted()).toEqual(cases.map(({ name }) => name).toSorted());
  });
});
