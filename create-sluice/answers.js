import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Mistake } from './mistake.js';
import { packageName, suggestedNames } from './names.js';

/** @typedef {'site' | 'handler' | 'plugin'} Template */

/** @typedef {{ template?: string, name?: string, directory?: string, yes?: boolean }} Given */

/** @typedef {{ template: Template, name: string, directory: string }} Answers */

/** @type {readonly Template[]} */
const templates = ['site', 'handler', 'plugin'];

/**
 * Asks for what the options don't say.
 *
 * @param {Given} given
 * @returns {Promise<Answers>}
 * @throws {Mistake} for an unknown template, a bad name, and where there is nobody to ask.
 */
export async function answersFrom({ yes = false, ...given }) {
  if (!yes && Object.keys(given).length < 3 && !process.stdin.isTTY) {
    throw new Mistake('there is no terminal to ask on: say --template, --name and --directory, or --yes');
  }
  const terminal = yes ? undefined : createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  terminal?.once('close', () => closed.abort());
  /**
   * @param {string | undefined} known
   * @param {string} question
   * @param {string} suggestion
   */
  const answer = async (known, question, suggestion) =>
    known ?? ((await terminal?.question(`${question} (${suggestion}) `, { signal: closed.signal })) || suggestion);
  try {
    const template = toTemplate(await answer(given.template, 'A site, a handler or a plugin?', 'site'));
    const name = packageName(await answer(given.name, 'What is it called?', suggestedNames[template]), template);
    const directory = resolve(await answer(given.directory, 'In which folder?', basename(name)));
    return { template, name, directory };
  } finally {
    terminal?.close();
  }
}

/**
 * @param {string} text
 * @returns {Template}
 */
function toTemplate(text) {
  const found = templates.find((template) => template === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new Mistake(`there are the templates ${templates.join(', ')}, but not ${JSON.stringify(text)}`);
}
