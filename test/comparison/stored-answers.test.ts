import { describe, expect, it } from '@jest/globals';
import { apacheVersion } from './apache.ts';
import { ask } from './ask.ts';
import { readStored, recordedVersion, storedAnswers } from './stored-answers.ts';
import { casesOf, topics } from './topics.ts';

const loaded = await Promise.all(topics.map(async (topic) => [topic, await casesOf(topic)] as const));

(apacheVersion === recordedVersion() ? describe : describe.skip).each(loaded)(
  '%s: Apache says what is stored',
  (topic, cases) => {
    const stored = readStored(topic);

    it.each(cases)('$name', async (comparison) => {
      const now = await ask('apache', comparison);
      expect('refusal' in now ? { refusal: 'at start' } : now).toEqual(storedAnswers(stored, comparison));
    });
  },
);
