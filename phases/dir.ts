import type { Context } from '../core/config/directive.ts';
import { escapePath } from '../core/escape-path.ts';
import { fastRedirect, overlayAnswer } from '../core/fast-redirect.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import type { Subrequest } from '../core/subrequest.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { makesContent } from './makes-content.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The names that are tried where a folder is asked for; `disabled` for none. */
    directoryIndex: Directive<string | readonly string[], readonly string[]>;
    /** Whether a folder asked for without its slash is answered with a redirect to it. */
    directorySlash: Directive<boolean>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Folders: the slash at their end, and the file that stands for them. */
export const dir = definePlugin({
  name: 'dir',
  aliases: ['mod_dir', 'dir_module'],
  directives: {
    DirectoryIndex: {
      takes: 'iterate',
      usage: 'name … | disabled',
      help: 'The files that are tried, in order, where a folder is asked for.',
      contexts: everywhere,
      override: 'Indexes',
      default: ['index.html'],
      parse: ([name = '']) => (name.toLowerCase() === 'disabled' ? [] : [name]),
      combine: (earlier, later) => (later.length === 0 ? [] : [...earlier, ...later]),
    },
    DirectorySlash: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether a folder asked for without its slash is answered with a redirect to it.',
      contexts: everywhere,
      override: 'Indexes',
      default: true,
    },
  },
  phases: {
    fixup: { order: 'last', handler: fixDirectory, when: (config) => !makesContent(config) },
  },
});

function fixDirectory(r: RequestRecord): Verdict | Promise<Verdict> {
  if (r.finfo?.isDirectory() !== true || r.pathInfo !== '') return DECLINED;
  if (r.uri.endsWith('/')) return tryIndex(r, r.config.directoryIndex, 0, DECLINED);
  return r.config.directorySlash ? r.redirect(withSlash(r), 301) : DECLINED;
}

/** A path of this server, whatever the URL or the Host header said: it begins with exactly one slash. */
function withSlash({ uri, args }: RequestRecord): string {
  const path = escapePath(uri.replace(/^[/\\]+/, ''));
  return `/${path}/${args === undefined ? '' : `?${args}`}`;
}

/** Tries the names from `at` on; `answer` is what is left where none of them will do. */
function tryIndex(r: RequestRecord, names: readonly string[], at: number, answer: Verdict): Verdict | Promise<Verdict> {
  if (at === names.length) return answer;
  const found = r.lookupUri(r.args === undefined ? names[at]! : `${names[at]!}?${r.args}`);
  const judge = (lookup: Subrequest): Verdict | Promise<Verdict> => {
    const { r: sub, status } = lookup;
    if (status === 200) {
      if (sub.finfo?.isFile() !== true) return tryIndex(r, names, at + 1, answer);
      fastRedirect(r, sub);
      return OK;
    }
    const isOnly = names.length === 1;
    if ((status >= 300 && status < 400) || (isOnly && (status === 401 || status === 406))) {
      overlayAnswer(r, sub);
      return status as Verdict;
    }
    // Remembered, so that a name that must not be seen never ends in a listing of the folder.
    return tryIndex(r, names, at + 1, status === 404 ? answer : (status as Verdict));
  };
  return isThenable(found) ? found.then(judge) : judge(found);
}
