import { Generation } from '../core/generation.ts';
import type { Command } from './command.ts';
import { configFile, generationOptions } from './config-source.ts';
import { print } from './print.ts';

export const check: Command = {
  name: 'check',
  words: [],
  summary: 'read the config, and say what is wrong with it',
  description: 'Loads everything that the config names, as a start would, but listens nowhere.',
  options: ['config', 'define', 'help'],
  async run({ values }) {
    const generation = await Generation.load({ file: configFile(values) }, generationOptions(values));
    await generation.close();
    print('Syntax OK');
  },
};
