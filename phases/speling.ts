import { readdir } from 'node:fs/promises';
import type { Context } from '../core/config/directive.ts';
import { escapePath } from '../core/escape-path.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { codeOf } from '../core/thrown.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { makesContent } from './makes-content.ts';
import { ownUrl } from './own-url.ts';
import { type Choice, choicesPage } from './speling/choices-page.ts';
import { type Slip, hasSameBase, slipBetween, slips } from './speling/slip.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether a file that isn't there is looked for under names like the one asked for. */
    checkSpelling: Directive<boolean>;
    /** Whether only the letter case may be wrong then. */
    checkCaseOnly: Directive<boolean>;
    /** Whether a name may have another extension, too. */
    checkBasenameMatch: Directive<boolean>;
  }
}

const anywhere: { readonly contexts: readonly Context[]; readonly override: 'Options' } = {
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'Options',
};

/** Sends clients that made one slip in a file's name to the file. */
export const speling = definePlugin({
  name: 'speling',
  aliases: ['mod_speling', 'speling_module'],
  directives: {
    CheckSpelling: {
      ...anywhere,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether a file that is not there is looked for under names that differ by one slip.',
      default: false,
    },
    CheckCaseOnly: {
      ...anywhere,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether CheckSpelling forgives a wrong letter case only.',
      default: false,
    },
    CheckBasenameMatch: {
      ...anywhere,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether CheckSpelling offers files with another extension, too.',
      default: true,
    },
  },
  phases: {
    fixup: {
      order: 'last',
      after: ['dir'],
      handler: checkSpelling,
      when: (config) => config.checkSpelling && !makesContent(config),
    },
  },
});

function checkSpelling(r: RequestRecord): Verdict | Promise<Verdict> {
  const { filename } = r;
  if ((r.method !== 'GET' && r.method !== 'HEAD') || r.main !== undefined) return DECLINED;
  if (filename === undefined || r.finfo !== undefined) return DECLINED;
  const slash = filename.lastIndexOf('/');
  const asked = filename.slice(slash + 1);
  // Where a rule has put the file together, the URL doesn't tell what to correct.
  if (asked === '' || !r.uri.endsWith(asked + r.pathInfo)) return DECLINED;
  return correct(r, filename.slice(0, slash + 1), asked);
}

async function correct(r: RequestRecord, folder: string, asked: string): Promise<Verdict> {
  const names = await namesIn(folder);
  // A broken link would be redirected to itself.
  if (names.includes(asked)) return DECLINED;
  const choices = names.flatMap((name) => {
    const slip = slipOf(r, asked, name);
    return slip === undefined ? [] : [{ url: urlOf(r, asked, name), name, slip }];
  });
  const ranked = choices.toSorted(
    (a, b) => slips.indexOf(a.slip) - slips.indexOf(b.slip) || (a.name < b.name ? -1 : 1),
  );
  const [best, second] = ranked;
  if (best === undefined) return DECLINED;
  if (best.slip !== 'basename' && best.slip !== second?.slip) return r.redirect(best.url, 301);
  if (r.config.errorDocument.has(300)) return 300;
  r.addHandler('content', (asking) => sendChoices(asking, ranked));
  return OK;
}

/** What isn't a folder, or can't be read, has no names. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => !name.startsWith('.'));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return [];
    throw error;
  }
}

function slipOf(r: RequestRecord, asked: string, name: string): Slip | undefined {
  const { checkCaseOnly, checkBasenameMatch } = r.config;
  const slip = slipBetween(asked, name);
  if (slip === 'miscapitalized' || (slip !== undefined && !checkCaseOnly)) return slip;
  return checkBasenameMatch && hasSameBase(asked, name) ? 'basename' : undefined;
}

function urlOf(r: RequestRecord, asked: string, name: string): string {
  const before = r.uri.slice(0, r.uri.length - asked.length - r.pathInfo.length);
  const query = r.args === undefined ? '' : `?${r.args}`;
  return ownUrl(r, escapePath(before + name + r.pathInfo) + query);
}

function sendChoices(r: RequestRecord, choices: readonly Choice[]): string {
  r.status = 300;
  r.contentType = 'text/html';
  r.charset = 'utf-8';
  return choicesPage(choices);
}
