import type { Context, DirectiveSite } from '../core/config/directive.ts';
import { escapePath } from '../core/escape-path.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, type ErrorStatus, type Verdict } from '../core/verdict.ts';
import { fallBack } from './dir/fall-back.ts';
import { tryIndex } from './dir/try-index.ts';
import { hasContentHandler } from './makes-content.ts';
import { ownUrl } from './own-url.ts';
import { isRedirectStatus, readStatus } from './redirect-status.ts';
import { redirectHandler } from './rewrite/redirect-handler.ts';

/** What becomes of a folder that is asked for without its slash. */
export type DirectorySlash = 'On' | 'Off' | 'NotFound';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The names that are tried where a folder is asked for; `disabled` for none. */
    directoryIndex: Directive<string | readonly string[], readonly string[]>;
    /** Whether a folder asked for without its slash is answered with a redirect to it, or with 404. */
    directorySlash: Directive<boolean | DirectorySlash, DirectorySlash>;
    /** Whether clients are sent to a folder's index instead of being shown it at the folder's URL, and with which status. */
    directoryIndexRedirect: Directive<boolean | number | string, ErrorStatus | undefined>;
    /** Whether no index is looked for in folders for which a handler is set. */
    directoryCheckHandler: Directive<boolean>;
    /** The path that answers for URLs with neither a file nor a handler; `disabled` for none. */
    fallbackResource: Directive<string, string | undefined>;
  }
}

const anywhere: { readonly contexts: readonly Context[]; readonly override: 'Indexes' } = {
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'Indexes',
};

/** Folders: the slash at their end, and the file that stands for them; and what stands for files that don't exist. */
export const dir = definePlugin({
  name: 'dir',
  aliases: ['mod_dir', 'dir_module'],
  directives: {
    DirectoryIndex: {
      ...anywhere,
      takes: 'any',
      usage: 'name … | disabled',
      help: 'The files that are tried, in order, where a folder is asked for; several lines add up.',
      default: ['index.html'],
      parse(names, site) {
        if (names.length === 0) return site.fail('DirectoryIndex needs at least one name, or the word disabled');
        return names.length === 1 && isDisabled(names[0]!) ? [] : names;
      },
      combine: (earlier, later) => (later.length === 0 ? [] : [...earlier, ...later]),
    },
    DirectorySlash: {
      ...anywhere,
      takes: 'one',
      usage: 'On | Off | NotFound',
      words: ['On', 'Off', 'NotFound'],
      help: 'Whether a folder asked for without its slash is answered with a redirect to it, or with 404.',
      default: 'On',
    },
    DirectoryIndexRedirect: {
      ...anywhere,
      takes: 'one',
      usage: 'On | Off | permanent | temp | seeother | 3xx',
      help: "Whether clients are sent to a folder's index, and with which status; On is temp.",
      parse: ([answer = ''], site) => parseIndexRedirect(answer, site),
    },
    DirectoryCheckHandler: {
      ...anywhere,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether no index is looked for in folders for which a handler is set, by SetHandler and the like.',
      default: false,
    },
    FallbackResource: {
      ...anywhere,
      takes: 'one',
      usage: 'url-path | disabled',
      help: 'The path that answers for URLs with neither a file nor a handler.',
      parse: ([resource = '']) => (isDisabled(resource) ? undefined : resource),
    },
  },
  phases: {
    fixup: { order: 'last', handler: fixDirectory, when: (config) => !hasContentHandler(config) },
  },
});

function isDisabled(text: string): boolean {
  return text.toLowerCase() === 'disabled';
}

function parseIndexRedirect(answer: string, site: DirectiveSite): ErrorStatus | undefined {
  const word = answer.toLowerCase();
  if (word === 'off') return undefined;
  const status = word === 'on' ? 302 : readStatus(word);
  if (typeof status === 'number' && isRedirectStatus(status)) return status;
  return site.fail(
    `DirectoryIndexRedirect is On, Off, permanent, temp, seeother or a redirect's status, not "${answer}"`,
  );
}

function fixDirectory(r: RequestRecord): Verdict | Promise<Verdict> {
  const { finfo, config } = r;
  if (finfo === undefined) {
    const isLeft = config.fallbackResource === undefined || r.handler !== undefined || r.filename === undefined;
    return isLeft ? DECLINED : fallBack(r, config.fallbackResource);
  }
  if (!finfo.isDirectory() || r.pathInfo !== '') return DECLINED;
  if (!r.uri.endsWith('/')) return addSlash(r);
  // A rule has found another target.
  if (r.handler === redirectHandler) return DECLINED;
  return config.directoryCheckHandler && r.handler !== undefined ? DECLINED : tryIndex(r);
}

function addSlash(r: RequestRecord): Verdict {
  const { directorySlash } = r.config;
  if (directorySlash !== 'On') return directorySlash === 'Off' ? DECLINED : 404;
  // For clients that don't follow a redirect of anything but GET; SetEnvIf names them.
  if (r.method !== 'GET' && r.method !== 'HEAD' && r.hasEnv && r.env.has('redirect-carefully')) return DECLINED;
  const query = r.args === undefined ? '' : `?${r.args}`;
  return r.redirect(ownUrl(r, `${escapePath(r.uri)}/${query}`), 301);
}
