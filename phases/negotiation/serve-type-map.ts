import { escapePath } from '../../core/escape-path.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';
import { OK, type Verdict } from '../../core/verdict.ts';
import { checkChoice } from './check-choice.ts';
import { listTag } from './list-tag.ts';
import { negotiateResource } from './negotiate-resource.ts';
import { readTypeMap } from './read-type-map.ts';
import type { MapVariant } from './type-map.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** The handler `type-map`: sends one of the variants that the file lists. */
export function serveTypeMap(r: RequestRecord): Verdict | Promise<Verdict> {
  const variants = readTypeMap(r);
  const { best, status, isTransparent, tell } = negotiateResource(r, variants, false);
  if (best === undefined) {
    tell();
    return status === 300 ? 300 : 406;
  }
  if (best.body !== undefined) {
    tell();
    return sendBody(r, best, best.body);
  }
  r.variantListTag = listTag(r, r.finfo!.mtimeMs, r.finfo!.size);
  const go = (): Verdict | Promise<Verdict> => {
    tell();
    const redirected = r.internalRedirect(targetOf(r, best));
    return isThenable(redirected) ? redirected.then(() => OK) : OK;
  };
  if (!isTransparent) return go();
  const found = r.lookupFile(best.name);
  return isThenable(found)
    ? found.then((lookup) => checkChoice(r, lookup, best.name) ?? go())
    : (checkChoice(r, found, best.name) ?? go());
}

function sendBody(r: RequestRecord, variant: MapVariant, body: Buffer): Verdict | Promise<Verdict> {
  if (!methods.has(r.method)) {
    r.allowed = [...methods];
    return 405;
  }
  r.contentType = variant.type;
  r.charset = variant.charset === '' ? undefined : variant.charset;
  r.contentLanguages = variant.languages;
  r.contentEncoding = variant.encoding === '' ? undefined : variant.encoding;
  r.headersOut.set('Accept-Ranges', 'bytes');
  const condition = r.meetsConditions();
  if (condition !== OK || body.length === 0) return condition;
  const written = r.output.write(body);
  return isThenable(written) ? written.then(() => OK) : OK;
}

/** The variant's path, with the path info and the query that were asked with; its name in the map is a URL already. */
function targetOf(r: RequestRecord, { name }: MapVariant): string {
  const folder = r.uri.slice(0, r.uri.length - r.pathInfo.length).replace(/[^/]*$/, '');
  const query = r.args === undefined ? '' : `?${r.args}`;
  return escapePath(folder) + name + escapePath(r.pathInfo) + query;
}
