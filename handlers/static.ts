import { closeSync } from 'node:fs';
import { METHODS } from 'node:http';
import type { Context } from '../core/config/directive.ts';
import { FileBucket } from '../core/filter/bucket.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import type { ServerRecord } from '../core/server-record.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';
import { hiddenStatus } from './hidden-file.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { readWhole } from './read-whole.ts';
import { fileETag, fileETagDirective } from './static/file-etag.ts';
import { type FileVersion, KeptFiles, fileCacheSizeDirective } from './static/kept-files.ts';
import { openPrecompressed, precompressedDirective } from './static/precompressed.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether `/file/more` may mean `/file`: `Default` leaves it to the handler; that for static files says no. */
    acceptPathInfo: Directive<boolean | 'Default', boolean | undefined>;
    /** Whether files and folders whose names begin with a dot are served. */
    dotFiles: Directive<boolean>;
  }
}

/** Larger files are sent piece by piece. */
const SMALL_FILE = 65_536;

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const methods: ReadonlySet<string> = new Set(METHODS);
const allowed = ['GET', 'HEAD', 'OPTIONS'];

/** The default handler: the file that the URL maps to. */
export const staticFiles = definePlugin({
  name: 'static',
  aliases: ['mod_static'],
  directives: {
    AcceptPathInfo: {
      takes: 'one',
      usage: 'On | Off | Default',
      help: 'Whether /file/more may mean /file; Default leaves it to the handler, and that for static files says no.',
      contexts: everywhere,
      override: 'FileInfo',
      parse([answer = ''], site) {
        const value = pathInfoAnswers.get(answer.toLowerCase());
        if (value === undefined) return site.fail(`AcceptPathInfo is On, Off or Default, not "${answer}"`);
        return value === 'default' ? undefined : value;
      },
    },
    DotFiles: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether files and folders whose names begin with a dot are served; .ht* never are, .well-known always is.',
      contexts: everywhere,
      override: 'Options',
      default: false,
    },
    FileETag: fileETagDirective,
    FileCacheSize: fileCacheSizeDirective,
    PrecompressedFiles: precompressedDirective,
  },
  phases: {
    fixup: {
      order: 'first',
      handler: acceptPathInfo,
      pure: true,
      when: (config) => config.acceptPathInfo !== undefined,
    },
  },
  handlers: { 'default-handler': serveFile },
});

const pathInfoAnswers = new Map<string, boolean | 'default'>([
  ['on', true],
  ['off', false],
  ['default', 'default'],
]);

function acceptPathInfo(r: RequestRecord): typeof DECLINED {
  r.usedPathInfo = r.config.acceptPathInfo;
  return DECLINED;
}

function serveFile(r: RequestRecord): Verdict | Promise<Verdict> {
  const isRead = r.method === 'GET' || r.method === 'HEAD';
  if (!isRead && r.method !== 'POST') return answerMethod(r);
  const { filename, finfo } = r;
  if (filename === undefined) return 404;
  const hidden = hiddenStatus(r, filename);
  if (hidden !== undefined) return hidden;
  if (finfo === undefined) return 404;
  // A folder that comes this far has no index, and Options doesn't permit a listing.
  if (finfo.isDirectory()) return isRead ? 403 : answerMethod(r);
  if (r.pathInfo !== '' && r.usedPathInfo !== true) return 404;
  if (!isRead) return answerMethod(r);
  const kept = keepsFiles(r) ? keptFilesOf(r).find(filename, finfo, r) : undefined;
  if (kept !== undefined) return answerFile(r, kept) ?? sendBody(r, kept.bytes);
  const file = openPrecompressed(r, filename) ?? openFile(r, filename);
  return typeof file === 'number' ? file : sendFile(r, filename, file);
}

/** By server, so that they go with a config that is replaced. */
const keptFiles = new WeakMap<ServerRecord, KeptFiles>();

function keptFilesOf({ server }: RequestRecord): KeptFiles {
  let files = keptFiles.get(server);
  if (files === undefined) keptFiles.set(server, (files = new KeptFiles()));
  return files;
}

/** Files that are sent as they are, and told apart by their stat. */
function keepsFiles({ config }: RequestRecord): boolean {
  return config.fileCacheSize > 0 && config.precompressedFiles.length === 0 && !config.fileETag.on.has('digest');
}

/** Everything but reading: 501 for methods that nobody knows, 405 for the others, an empty 200 for OPTIONS. */
function answerMethod(r: RequestRecord): Verdict {
  if (r.method === 'OPTIONS') {
    r.headersOut.set('Allow', allowed.join(', '));
    r.contentType = undefined;
    return OK;
  }
  r.allowed = allowed;
  return methods.has(r.method) ? 405 : 501;
}

/** What is said about the file comes from the open descriptor, not from an earlier look. */
function sendFile(r: RequestRecord, filename: string, file: OpenFile): Verdict | Promise<Verdict> {
  const { descriptor, stats } = file;
  const staysOpen = stats.size > SMALL_FILE || r.headerOnly || r.config.fileETag.on.has('digest');
  if (staysOpen) r.registerCleanup(() => closeSync(descriptor));
  // A date in the future would be no use to caches (RFC 9110 §8.8.2.1).
  const lastModified = new Date(Math.min(stats.mtimeMs, r.requestTime)).toUTCString();
  const answer = (tag: string | undefined): Verdict | Promise<Verdict> => {
    const version = { stats, tag, lastModified };
    const verdict = answerFile(r, version);
    if (verdict !== undefined) return verdict;
    if (staysOpen) return sendBody(r, new FileBucket(descriptor, 0, stats.size));
    const bytes = readWhole(descriptor, stats.size);
    if (keepsFiles(r)) keptFilesOf(r).keep(filename, { ...version, bytes }, r);
    return sendBody(r, bytes);
  };
  try {
    const tag = fileETag(r, file);
    return isThenable(tag) ? tag.then(answer) : answer(tag);
  } finally {
    if (!staysOpen) closeSync(descriptor);
  }
}

/** What is said of a file, and the request's conditions; undefined where the body is due. */
function answerFile(r: RequestRecord, { stats, tag, lastModified }: FileVersion): Verdict | undefined {
  r.finfo = stats;
  r.mtime = stats.mtimeMs;
  r.headersOut.set('Last-Modified', lastModified);
  if (tag !== undefined) r.setEtag(tag);
  r.headersOut.set('Accept-Ranges', r.config.maxRanges === 0 ? 'none' : 'bytes');
  const condition = r.meetsConditions();
  if (condition === 412) {
    // The client knows the file: an empty answer with its validators is of more use than a page.
    r.status = condition;
    return OK;
  }
  return condition !== OK || stats.size === 0 ? condition : undefined;
}

function sendBody(r: RequestRecord, body: Uint8Array | FileBucket): typeof OK | Promise<typeof OK> {
  const written = r.output.write(body);
  return isThenable(written) ? written.then(() => OK) : OK;
}
