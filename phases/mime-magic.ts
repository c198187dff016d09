import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { DirectiveSite } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { messageOf } from '../core/thrown.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { guessText } from './mime-magic/guess-text.ts';
import { type MagicLine, parseMagicLine } from './mime-magic/magic-line.ts';
import { matchMagic } from './mime-magic/match-magic.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A file in the form of magic(5): what files begin with, and the content type that it means. */
    mimeMagicFile: Directive<string, readonly MagicLine[] | undefined>;
  }
}

/** The content type of files whose extensions say none, by their first bytes. */
export const mimeMagic = definePlugin({
  name: 'mime_magic',
  aliases: ['mod_mime_magic', 'mime_magic_module'],
  directives: {
    MimeMagicFile: {
      takes: 'one',
      usage: 'file',
      help: 'A file in the form of magic(5), whose lines say what files begin with, and the content type that it means; for files whose extensions say none.',
      contexts: ['server config', 'virtual host'],
      parse: ([file = ''], site) => readMagic(site.resolve(file), site),
    },
  },
  phases: { type: { after: ['mime'], handler: lookInside, when: (config) => config.mimeMagicFile !== undefined } },
});

function readMagic(file: string, site: DirectiveSite): readonly MagicLine[] {
  const lines: MagicLine[] = [];
  try {
    for (const [index, text] of readFileSync(file, 'latin1').split('\n').entries()) {
      if (text.trim() === '' || text.startsWith('#')) continue;
      lines.push(parseAt(text, `${file}:${index + 1}`));
    }
  } catch (error) {
    return site.fail(`MimeMagicFile can't read its file: ${messageOf(error)}`);
  }
  return lines;
}

function parseAt(text: string, place: string): MagicLine {
  try {
    return parseMagicLine(text);
  } catch (error) {
    throw new Error(`${place}: ${messageOf(error)}`, { cause: error });
  }
}

/** As much of a file as is looked at. */
const BEGIN = 4_096;

function lookInside(r: RequestRecord): Verdict {
  const { filename, finfo } = r;
  if (filename === undefined || finfo?.isFile() !== true) return DECLINED;
  const bytes = readBegin(filename);
  const [type, encoding] = (matchMagic(r.config.mimeMagicFile!, bytes) ?? guessText(bytes) ?? '').split(/\s+/);
  if (type === undefined || type === '') return DECLINED;
  r.contentType = type.toLowerCase();
  if (encoding !== undefined) r.contentEncoding = encoding.toLowerCase();
  return OK;
}

/** A file that can't be read is the default handler's business. */
function readBegin(filename: string): Buffer {
  const bytes = Buffer.alloc(BEGIN);
  try {
    const descriptor = openSync(filename, 'r');
    try {
      return bytes.subarray(0, readSync(descriptor, bytes, 0, BEGIN, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}
