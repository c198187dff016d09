import { statSync } from 'node:fs';
import { basename, extname, relative, resolve } from 'node:path';
import { isConfigError } from '../core/config/config-error.ts';
import { configFileNames } from '../core/config/config-file.ts';
import type { ConfigSource } from '../core/generation.ts';
import { Application, defaultPort } from '../core/host/application.ts';
import { superviseProcess } from '../core/host/life-cycle.ts';
import { messageOf } from '../core/thrown.ts';
import { version } from '../core/version.ts';
import { CommandError } from './command-error.ts';
import type { Command } from './command.ts';
import { configFile, generationOptions } from './config-source.ts';
import type { Given } from './options.ts';
import { print } from './print.ts';
import { readPort } from './read-arguments.ts';

export const serve: Command = {
  name: 'serve',
  words: ['[HANDLER.ts|FOLDER]'],
  summary: 'serve a config, a handler or a folder',
  description: `Without an argument, serves the config of the current folder, on the
addresses that its Listen lines name or on port ${defaultPort}. A handler file answers
every URL by its contentHandler or default export; HANDLER.ts::NAME takes
another one. A folder is served as it is.

  sluice serve
  sluice serve -c site/httpd.conf -D Staging
  sluice serve ./hello.ts --port 3000`,
  options: ['config', 'define', 'port', 'help'],
  async run(given) {
    const { values } = given;
    const port = values.port === undefined ? undefined : readPort(values.port);
    const application = new Application(findSource(given), generationOptions(values));
    await application.ready().catch((error: unknown) => {
      throw given.words.length > 0 && isConfigError(error) ? new CommandError(error.reason, 1) : error;
    });
    const urls = await application.start(port).catch((error: unknown) => {
      throw isConfigError(error) ? error : new CommandError(messageOf(error), 1);
    });
    // Who reads the ready line may send signals from then on.
    const stopped = superviseProcess(application);
    for (const url of urls) print(`Sluice ${version} listening on ${url}`);
    await stopped;
  },
};

function findSource({ values, words: [target] }: Given): ConfigSource {
  if (target === undefined) return { file: configFile(values) };
  if (values.config !== undefined) throw new CommandError(`serve takes either -c FILE or ${target}, not both`, 2);
  const [path = '', ...exportName] = target.split('::');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError(`there is no file or folder ${resolve(path)}`, 1);
  const folder = process.cwd();
  if (found.isDirectory()) return { config: { documentRoot: resolve(path) }, folder };
  if (isConfigFile(path)) {
    throw new CommandError(`${path} is a config, not a handler; serve it with: sluice serve -c ${path}`, 2);
  }
  if (!/\.[cm]?[jt]s$/.test(path)) {
    throw new CommandError(
      `${path} is no handler file (.ts, .js, .mjs); a folder of files is served by its own name`,
      2,
    );
  }
  const handler = [`./${relative(folder, path)}`, ...exportName].join('::');
  return { config: { sections: [{ location: '/', contentHandler: handler }] }, folder };
}

function isConfigFile(path: string): boolean {
  return (configFileNames as readonly string[]).includes(basename(path)) || ['.conf', '.json'].includes(extname(path));
}
