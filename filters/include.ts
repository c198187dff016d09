import type { Context, DirectiveSite } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED } from '../core/verdict.ts';
import { describePage } from './include/describe-page.ts';
import { IncludesRun } from './include/includes-run.ts';

/** Whether executable pages are parsed; `full`: those that their group may execute have a Last-Modified, too. */
type XBitHack = 'off' | 'on' | 'full';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** What begins an element. */
    ssiStartTag: Directive<string>;
    /** What ends an element. */
    ssiEndTag: Directive<string>;
    /** What a page shows in place of an element that failed. */
    ssiErrorMsg: Directive<string>;
    /** How a page shows times, in a format of strftime. */
    ssiTimeFormat: Directive<string>;
    /** What echo shows for a variable without a value. */
    ssiUndefinedEcho: Directive<string>;
    /** Whether pages keep the ETag of their file. */
    ssiETag: Directive<boolean>;
    /** Whether pages keep the Last-Modified of their file. */
    ssiLastModified: Directive<boolean>;
    /** Whether expressions are those of pages before Apache 2.4. */
    ssiLegacyExprParser: Directive<boolean>;
    /** Whether executable HTML files are parsed for elements. */
    xBitHack: Directive<string, XBitHack>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const hosts: readonly Context[] = ['server config', 'virtual host'];

/** Pages with elements in their text: the filter INCLUDES. */
export const include = definePlugin({
  name: 'include',
  aliases: ['mod_include', 'include_module'],
  directives: {
    SSIStartTag: {
      takes: 'one',
      usage: 'text',
      help: 'What begins an element.',
      contexts: hosts,
      default: '<!--#',
      parse: tag,
    },
    SSIEndTag: {
      takes: 'one',
      usage: 'text',
      help: 'What ends an element.',
      contexts: hosts,
      default: '-->',
      parse: tag,
    },
    SSIErrorMsg: {
      takes: 'one',
      usage: 'text',
      help: 'What a page shows in place of an element that failed.',
      contexts: everywhere,
      override: 'FileInfo',
      default: '[an error occurred while processing this directive]',
    },
    SSITimeFormat: {
      takes: 'one',
      usage: 'format',
      help: 'How a page shows times, in a format of strftime.',
      contexts: everywhere,
      override: 'FileInfo',
      default: '%A, %d-%b-%Y %H:%M:%S %Z',
    },
    SSIUndefinedEcho: {
      takes: 'one',
      usage: 'text',
      help: 'What echo shows for a variable without a value.',
      contexts: everywhere,
      override: 'FileInfo',
      default: '(none)',
    },
    SSIETag: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether pages keep the ETag of their file.',
      contexts: ['directory', '.htaccess'],
      override: 'Limit',
      default: false,
    },
    SSILastModified: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether pages keep the Last-Modified of their file.',
      contexts: ['directory', '.htaccess'],
      override: 'Limit',
      default: false,
    },
    SSILegacyExprParser: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether the expressions in pages are written as before Apache 2.4, e.g. $a = b.',
      contexts: ['directory', '.htaccess'],
      override: 'Limit',
      default: false,
    },
    XBitHack: {
      takes: 'one',
      usage: 'On | Off | Full',
      help: 'Whether HTML files that their owner may execute are parsed for elements; with Full, those that their group may execute keep their Last-Modified.',
      contexts: everywhere,
      override: 'Options',
      default: 'off',
      parse: ([mode = ''], site) => parseXBitHack(mode, site),
    },
  },
  phases: { fixup: { handler: markPage, when: ({ options }) => options.on.has('includes') } },
  // Where pages are not put together, their files are served as they are.
  handlers: { 'server-parsed': () => DECLINED },
  outputFilters: {
    INCLUDES: {
      init({ r }) {
        if (r.config.options.on.has('includes') && !keepsTime(r)) r.noLocalCopy = true;
      },
      brigade(brigade, f) {
        f.remove();
        const { r } = f;
        const { options, ssiStartTag, ssiEndTag } = r.config;
        if (!options.on.has('includes')) {
          r.log(
            `Options Includes is not in force: the elements of ${r.filename} are left as they are`,
            'warn',
            'include',
          );
          return brigade;
        }
        describePage(r, keepsTime(r));
        f.insertNext(new IncludesRun(ssiStartTag, ssiEndTag));
        return brigade;
      },
    },
  },
});

function tag([text = '']: readonly string[], site: DirectiveSite): string {
  return text === '' ? site.fail(`${site.name} takes a text of at least one character`) : text;
}

const modes: readonly string[] = ['off', 'on', 'full'] satisfies XBitHack[];

function parseXBitHack(mode: string, site: DirectiveSite): XBitHack {
  const wanted = mode.toLowerCase();
  return modes.includes(wanted) ? (wanted as XBitHack) : site.fail(`XBitHack is On, Off or Full, not "${mode}"`);
}

const OWNER_MAY_EXECUTE = 0o100;
const GROUP_MAY_EXECUTE = 0o010;

/** Adds the filter to pages that say so by their handler or by their mode. */
function markPage(r: RequestRecord): typeof DECLINED {
  if (r.handler === 'server-parsed') {
    r.contentType ??= 'text/html';
    r.handler = undefined;
  } else if (r.config.xBitHack === 'off' || r.contentType !== 'text/html') return DECLINED;
  else if (((r.finfo?.mode ?? 0) & OWNER_MAY_EXECUTE) === 0) return DECLINED;
  r.addOutputFilter('INCLUDES');
  return DECLINED;
}

function keepsTime({ config, finfo }: RequestRecord): boolean {
  return config.xBitHack === 'full' && ((finfo?.mode ?? 0) & GROUP_MAY_EXECUTE) !== 0;
}
