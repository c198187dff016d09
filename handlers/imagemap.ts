import { closeSync } from 'node:fs';
import type { Context, DirectiveSite } from '../core/config/directive.ts';
import { escapePath } from '../core/escape-path.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { type ContentVerdict, DECLINED, OK } from '../core/verdict.ts';
import { handlerByType } from '../phases/handler-by-type.ts';
import { ownUrl } from '../phases/own-url.ts';
import { hiddenStatus } from './hidden-file.ts';
import { findTarget, readPoint } from './imagemap/find-target.ts';
import { readMap } from './imagemap/map-file.ts';
import { type MapPlace, isAnswer, readTarget, resolveTarget } from './imagemap/map-target.ts';
import { type MenuForm, menuPage } from './imagemap/menu.ts';
import { openFile } from './open-file.ts';
import { readWhole } from './read-whole.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** What clients that have clicked nowhere in an image map get: a menu, or `none`. */
    imapMenu: Directive<MenuForm | 'none'>;
    /** What a map leads to where no line of it fits: `error`, `nocontent`, `map`, `referer` or a URL. */
    imapDefault: Directive<string>;
    /** What the targets of a map are relative to: `map`, `referer` or a URL. */
    imapBase: Directive<string>;
  }
}

const anywhere: { readonly contexts: readonly Context[]; readonly override: 'Indexes' } = {
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'Indexes',
};

/** Image maps on the server: `AddHandler imap-file map`. */
export const imagemap = definePlugin({
  name: 'imagemap',
  aliases: ['mod_imagemap', 'imagemap_module'],
  directives: {
    ImapMenu: {
      ...anywhere,
      takes: 'one',
      usage: 'none | formatted | semiformatted | unformatted',
      help: 'What clients that have clicked nowhere in an image map get.',
      default: 'formatted',
      parse: parseMenu,
    },
    ImapDefault: {
      ...anywhere,
      takes: 'one',
      usage: 'error | nocontent | map | referer | URL',
      help: 'What an image map leads to where no line of it fits.',
      default: 'nocontent',
    },
    ImapBase: {
      ...anywhere,
      takes: 'one',
      usage: 'map | referer | URL',
      help: 'What the targets of an image map are relative to.',
      default: 'map',
      parse: ([base = ''], site) =>
        /^(?:map|referer|\/.*|[a-z]+:.*)$/is.test(base)
          ? base
          : site.fail(`ImapBase is map, referer, a URL, or a path that begins with a slash, not "${base}"`),
    },
  },
  phases: { fixup: handlerByType('application/x-httpd-imap', 'imap-file') },
  handlers: { 'imap-file': answerMap },
});

const menus: ReadonlyMap<string, MenuForm | 'none'> = new Map([
  ['none', 'none'],
  ['formatted', 'formatted'],
  ['semiformatted', 'semiformatted'],
  ['unformatted', 'unformatted'],
]);

function parseMenu([word = '']: readonly string[], site: DirectiveSite): MenuForm | 'none' {
  return (
    menus.get(word.toLowerCase()) ??
    site.fail(`ImapMenu is none, formatted, semiformatted or unformatted, not "${word}"`)
  );
}

function answerMap(r: RequestRecord): ContentVerdict {
  const { filename, finfo } = r;
  if ((r.method !== 'GET' && r.method !== 'HEAD') || filename === undefined) return DECLINED;
  const hidden = hiddenStatus(r, filename);
  if (hidden !== undefined) return hidden;
  if (finfo === undefined || finfo.isDirectory()) return 404;
  const file = openFile(r, filename);
  if (typeof file === 'number') return file;
  let text: string;
  try {
    text = readWhole(file.descriptor, file.stats.size).toString();
  } finally {
    closeSync(file.descriptor);
  }
  const lines = readMap(text, filename);
  const { imapMenu, imapBase, imapDefault } = r.config;
  const place: MapPlace = { map: ownUrl(r, escapePath(r.uri)), referer: r.headersIn.get('Referer') ?? '' };
  const base = resolveTarget(readTarget(imapBase, place), '');
  const point = readPoint(r.args);
  if (point === undefined && imapMenu !== 'none') {
    r.contentType = 'text/html';
    r.charset = 'utf-8';
    return menuPage(lines, { form: imapMenu, title: r.uri, base }, place);
  }
  return answer(r, findTarget(lines, point, { base, otherwise: imapDefault }, place));
}

function answer(r: RequestRecord, target: string): ContentVerdict {
  if (target === 'error') return 500;
  if (!isAnswer(target)) return r.redirect(target, 302);
  r.status = 204;
  r.contentType = undefined;
  return OK;
}
