import { Generation } from '../core/generation.ts';
import { checkFromApache } from './check-from-apache.ts';
import { CommandError } from './command-error.ts';
import type { Command } from './command.ts';
import { configFile, inspectionOptions } from './config-source.ts';
import { print } from './print.ts';

export const check: Command = {
  name: 'check',
  words: [],
  summary: 'read the config, and say what is wrong with it',
  description: `Loads everything that the config names, as a start would, but listens nowhere.
With --from-apache it lists, with file and line, what of an Apache's config works,
what is ignored because nothing is different without it, and what isn't supported.

  sluice check
  sluice check --from-apache /etc/apache2`,
  options: ['config', 'define', 'from-apache', 'json', 'help'],
  async run({ values }) {
    const { config, 'from-apache': apache } = values;
    if (apache !== undefined) {
      if (config !== undefined)
        throw new CommandError('check takes either -c FILE or --from-apache FOLDER, not both', 2);
      return checkFromApache(apache, values);
    }
    const generation = await Generation.load({ file: configFile(values) }, inspectionOptions(values));
    await generation.close();
    print('Syntax OK');
  },
};
