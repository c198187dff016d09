import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Mistake } from './mistake.js';
import { replacements } from './names.js';

const templates = fileURLToPath(new URL('templates/', import.meta.url));

/**
 * Writes a template's files under a name, and gives their paths.
 *
 * @param {import('./answers.js').Answers} answers
 * @returns {readonly string[]}
 * @throws {Mistake} where one of them is there already; then nothing is written.
 */
export function writeTemplate({ template, name, directory }) {
  const pairs = replacements(name, template);
  const files = [...filesOf('common'), ...filesOf(template)].map(({ path, text }) => ({
    path: join(directory, path),
    text: pairs.reduce((whole, [from, to]) => whole.replaceAll(from, to), text),
  }));
  const taken = files.filter(({ path }) => existsSync(path)).map(({ path }) => relative(directory, path));
  if (taken.length > 0) {
    throw new Mistake(
      `nothing was written, for ${directory} has ${taken.join(', ')} already; name another folder with --directory`,
    );
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
  return files.map(({ path }) => path);
}

/** @param {string} folder */
function filesOf(folder) {
  const root = join(templates, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => ({
      // npm leaves .gitignore out of packages.
      path: path.replace(/^_gitignore$/, '.gitignore'),
      text: readFileSync(join(root, path), 'utf8').replace('(c) YEAR', `(c) ${new Date().getFullYear()}`),
    }));
}
