import { type Stats, closeSync, fstatSync, openSync } from 'node:fs';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { codeOf, messageOf } from '../core/thrown.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { makesContent } from '../phases/makes-content.ts';
import { parentEntry, readEntries } from './autoindex/entries.ts';
import { entryOrder } from './autoindex/entry-order.ts';
import { indexDirectives } from './autoindex/index-directives.ts';
import { type IndexFlag, indexOptionsDirective } from './autoindex/index-options.ts';
import { type IndexQuery, readIndexQuery } from './autoindex/index-query.ts';
import { specialRule } from './autoindex/name-rules.ts';
import { writePage } from './autoindex/page.ts';
import { hiddenStatus } from './hidden-file.ts';
import { maySee } from './link-policy.ts';
import { statETag } from './static/file-etag.ts';

/** Lists the files of a folder that has no index, where Options Indexes permits it. */
export const autoindex = definePlugin({
  name: 'autoindex',
  aliases: ['mod_autoindex', 'autoindex_module'],
  directives: { IndexOptions: indexOptionsDirective, ...indexDirectives },
  phases: {
    content: {
      order: 'last',
      handler: listFolder,
      when: (config) => config.options.on.has('indexes') && !makesContent(config),
    },
  },
});

/** What holds where nobody says how folders are to be listed. */
const browserFlags: ReadonlySet<IndexFlag> = new Set(['FancyIndexing', 'FoldersFirst', 'IgnoreCase', 'VersionSort']);

function listFolder(r: RequestRecord): Verdict | Promise<Verdict> {
  if (r.handler !== undefined || (r.method !== 'GET' && r.method !== 'HEAD')) return DECLINED;
  const { filename, finfo } = r;
  if (filename === undefined || finfo?.isDirectory() !== true || r.pathInfo !== '') return DECLINED;
  const folder = filename.endsWith('/') ? filename : `${filename}/`;
  const refusal = judgeFolder(r, folder.slice(0, -1) || '/');
  if (refusal !== undefined) return refusal;
  // What is inside is looked up from here.
  r.filename = folder;
  if (!r.uri.endsWith('/')) r.uri += '/';
  const { indexOptions, indexOrderDefault } = r.config;
  const flags = indexOptions.isGiven ? indexOptions.on : browserFlags;
  return answer(r, folder, finfo, readIndexQuery(r.args, indexOrderDefault, flags));
}

async function answer(r: RequestRecord, folder: string, finfo: Stats, query: IndexQuery): Promise<Verdict> {
  const { config } = r;
  const { isGiven, values } = config.indexOptions;
  r.contentType = `${values.type ?? 'text/html'};charset=${values.charset ?? 'UTF-8'}`;
  if (query.flags.has('TrackModified')) {
    r.setLastModified(Math.min(finfo.mtimeMs, r.requestTime));
    const tag = statETag(r, finfo);
    if (tag !== undefined) r.setEtag(tag);
  }
  if (r.headerOnly) return OK;
  const entries = (await readEntries(r, folder, query)).sort(entryOrder(query.order, query.flags));
  const parent = parentEntry(r);
  await writePage(
    r,
    {
      path: r.uri,
      entries: parent === undefined ? entries : [parent, ...entries],
      query,
      values,
      defaultIcon: config.defaultIcon,
      blankIcon: specialRule(config.addIcon, '^^BLANKICON^^', 'url'),
      styleSheet: config.indexStyleSheet,
    },
    isGiven || query.hasForm,
  );
  return OK;
}

/** The status to refuse with, by the rules for files; judged on the open folder, as it may be a symbolic link. */
function judgeFolder(r: RequestRecord, folder: string): 403 | 404 | undefined {
  const hidden = hiddenStatus(r, `${folder}/`);
  if (hidden !== undefined) return hidden;
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch (error) {
    r.log(`the folder can't be listed: ${messageOf(error)}`, 'error', 'autoindex');
    return codeOf(error) === 'ENOENT' ? 404 : 403;
  }
  try {
    return maySee(r, folder, descriptor, fstatSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}
