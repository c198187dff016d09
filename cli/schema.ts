import { configSchema } from '../core/config/json-schema.ts';
import type { Command } from './command.ts';
import { loadPlugins } from './load-plugins.ts';
import { print } from './print.ts';

export const schema: Command = {
  name: 'schema',
  words: [],
  summary: 'print the JSON Schema of a sluice.config.json, for editors',
  description: `Knows the directives of the built-in plugins and, with -c, of the plugins
that a config loads. Editors complete and check a config that names it:
  { "$schema": "./sluice.schema.json", … }

  sluice schema > sluice.schema.json
  sluice schema -c sluice.config.json > sluice.schema.json`,
  options: ['config', 'define', 'help'],
  async run({ values }) {
    const { directives } = await loadPlugins(values);
    print(JSON.stringify(configSchema(directives), undefined, 2));
  },
};
