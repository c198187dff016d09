import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hello, record, text } from './content.mjs';

/** The folder of one run; the children are told by their environment. */
const folder = process.env['BENCH_FOLDER'] ?? '';

export const documentRoot = join(folder, 'htdocs');
export const passwordFile = join(folder, 'htpasswd');
/** A contender's process has a log of its own. */
export const accessLog = process.env['BENCH_LOG'] ?? '';

/**
 * Makes the files that the contenders serve and read.
 *
 * @param {string} into
 */
export function writeFiles(into) {
  const root = join(into, 'htdocs');
  mkdirSync(root);
  writeFileSync(join(root, 'hello.txt'), hello);
  writeFileSync(join(root, 'record.json'), JSON.stringify(record));
  writeFileSync(join(root, 'page.txt'), text);
  writeFileSync(join(root, 'text.txt'), text);
  writeFileSync(join(into, 'htpasswd'), `alice:{SHA}${createHash('sha1').update('wonderland').digest('base64')}\n`);
}
