#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { answersFrom } from './answers.js';
import { Mistake, isMistake } from './mistake.js';
import { writeTemplate } from './write-template.js';

const help = `Makes a site, a handler or a plugin for the Sluice web server. What no option says is asked.

  npm create sluice@latest
  npm create sluice@latest plugin sluice-plugin-shout
  npm create sluice@latest -- --template plugin --name sluice-plugin-shout --yes

  -t, --template NAME      site, handler or plugin
  -n, --name NAME          the name of the package
  -d, --directory FOLDER   where to put it; nothing that is there is overwritten
  -y, --yes                don't ask: take what would be suggested
  -h, --help               print this help
  -v, --version            print the version
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      template: { type: 'string', short: 't' },
      name: { type: 'string', short: 'n' },
      directory: { type: 'string', short: 'd' },
      yes: { type: 'boolean', short: 'y' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  if (values.help === true) process.stdout.write(help);
  else if (values.version === true) process.stdout.write(`${ownVersion()}\n`);
  else await create(withWords(values, positionals));
} catch (error) {
  process.exitCode = report(error);
}

/**
 * The exit status for what was thrown.
 *
 * @param {unknown} error
 */
function report(error) {
  // Ctrl-C or the end of the input, in the middle of a question.
  if (error instanceof Error && error.name === 'AbortError') return 130;
  if (!isMistake(error)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  return 1;
}

/** @param {import('./answers.js').Given} given */
async function create(given) {
  const answers = await answersFrom(given);
  const files = writeTemplate(answers);
  const folder = shortest(answers.directory);
  const steps = [...(folder === '' ? [] : [`cd ${quoted(folder)}`]), 'npm install', 'npm test'];
  process.stdout.write(
    `Made ${answers.name}: ${files.length} files in ${answers.directory}\n\nNext:\n\n${steps.map((step) => `  ${step}\n`).join('')}`,
  );
}

/**
 * `create-sluice plugin shout` says the template and the name without their options.
 *
 * @param {import('./answers.js').Given} given
 * @param {readonly string[]} words
 * @returns {import('./answers.js').Given}
 */
function withWords(given, words) {
  const [template, name, surplus] = words;
  if (surplus !== undefined) throw new Mistake(`expected a template and a name, but was given also "${surplus}"`);
  if (template !== undefined && given.template !== undefined) throw new Mistake('name the template once');
  if (name !== undefined && given.name !== undefined) throw new Mistake('say the name once');
  return { ...given, ...(template === undefined ? {} : { template }), ...(name === undefined ? {} : { name }) };
}

/** @param {string} directory */
function shortest(directory) {
  const path = relative('', directory);
  return path.startsWith('..') ? directory : path;
}

/** @param {string} path */
function quoted(path) {
  return path.includes(' ') ? `"${path}"` : path;
}

/** @returns {string} */
function ownVersion() {
  return JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).version;
}
