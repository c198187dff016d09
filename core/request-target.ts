import type { Config } from './config/directive.ts';
import type { RequestRecord } from './request-record.ts';
import type { ErrorStatus } from './verdict.ts';

/** Nothing in such a path wants decoding, merging or resolving. */
const plainPath = /^(?:\/(?!\.{0,2}(?:\/|$))[^%\\/]*)*\/?$/;

/**
 * Takes the request target apart: `uri` is the path, decoded once and normalised before any handler sees it, `args` the
 * query. Gives the status to refuse with where the target is no good.
 */
export function readTarget(r: RequestRecord): ErrorStatus | undefined {
  const target = r.unparsedUri;
  if (target.includes('#')) return 400;
  if (target === '*') return r.method === 'OPTIONS' ? undefined : 400;
  const path = target.startsWith('/') ? target : absoluteFormPath(target);
  if (path === undefined) return 400;
  const query = path.indexOf('?');
  r.args = query < 0 ? undefined : path.slice(query + 1);
  const raw = query < 0 ? path : path.slice(0, query);
  if (raw === '/' || plainPath.test(raw)) {
    r.uri = raw;
    return undefined;
  }
  const normalised = normalisePath(raw, r.config);
  if (typeof normalised === 'number') return normalised;
  r.uri = normalised;
  return undefined;
}

/** The directives that say what slashes mean. */
export type SlashRules = Pick<Config, 'allowEncodedSlashes' | 'mergeSlashes'>;

/**
 * Decodes a path once, merges slashes and resolves dot segments; 400 for a bad escape or a path above the root, 404 for an
 * encoded NUL or backslash, and for an encoded slash unless AllowEncodedSlashes permits it. Slashes at the beginning are
 * one in any case.
 */
export function normalisePath(raw: string, { allowEncodedSlashes, mergeSlashes }: SlashRules): string | ErrorStatus {
  if (/%(?![0-9a-f]{2})/i.test(raw)) return 400;
  if (/%(?:00|5c)/i.test(raw) || raw.includes('\\')) return 404;
  if (allowEncodedSlashes === 'Off' && /%2f/i.test(raw)) return 404;
  const segments: string[] = [];
  const path = raw.replace(/^\/{2,}/, '/');
  const parts = decodeOnce(allowEncodedSlashes === 'NoDecode' ? path.replace(/%(?=2f)/gi, '%25') : path).split('/');
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (part === '..') {
      if (segments.length === 0) return 400;
      segments.pop();
    } else if (part !== '.' && (part !== '' || !(mergeSlashes || isLast || index === 0))) {
      segments.push(part);
      continue;
    }
    if (isLast && segments.length > 0) segments.push('');
  }
  return `/${segments.join('/')}`;
}

/** The path of `http://host/path`; RFC 9112 §3.2.2. User names in it are refused, as in Apache. */
function absoluteFormPath(target: string): string | undefined {
  const parts = /^https?:\/\/(?<authority>[^/?#@]+)(?<path>[/?].*)?$/i.exec(target)?.groups;
  if (parts === undefined) return undefined;
  const path = parts['path'] ?? '/';
  return path.startsWith('/') ? path : `/${path}`;
}

/** Bytes that aren't UTF-8 stand for themselves, so that old Latin-1 names can be asked for without an error. */
function decodeOnce(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
      Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('latin1'),
    );
  }
}
