import { fastRedirect } from '../../core/fast-redirect.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Subrequest } from '../../core/subrequest.ts';
import { isThenable } from '../../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { hiddenStatus } from '../../handlers/hidden-file.ts';
import { mayBeListed } from '../../handlers/link-policy.ts';
import { checkChoice } from './check-choice.ts';
import { type FileVariant, isTypeMap, lookUpNames, toFileVariant } from './find-variants.ts';
import { namesWithPrefix, readFolder } from './folder-names.ts';
import { listTag } from './list-tag.ts';
import { type Negotiation, negotiateResource } from './negotiate-resource.ts';
import { readTypeMap } from './read-type-map.ts';
import type { MapVariant } from './type-map.ts';

/** Where `page` doesn't exist, but `page.html.en` and `page.html.de` do, the better of them answers. */
export function multiViews(r: RequestRecord): Verdict | Promise<Verdict> {
  const { filename } = r;
  if (filename === undefined || r.finfo !== undefined) return DECLINED;
  const slash = filename.lastIndexOf('/');
  const asked = filename.slice(slash + 1);
  const path = filename.slice(0, slash + 1);
  const folder = readFolder(path);
  const names = namesWithPrefix(folder, `${asked}.`).filter((name) => {
    const file = path + name;
    return hiddenStatus(r, file) === undefined && mayBeListed(r, file, folder.links.has(name));
  });
  if (names.length === 0) return DECLINED;
  const found = lookUpNames(r, names);
  const go = (lookups: readonly Subrequest[]): Verdict | Promise<Verdict> =>
    answer(r, asked, lookups, listTag(r, folder.changed));
  return isThenable(found) ? found.then(go) : go(found);
}

function answer(
  r: RequestRecord,
  asked: string,
  lookups: readonly Subrequest[],
  tag: string,
): Verdict | Promise<Verdict> {
  const variants: FileVariant[] = [];
  for (const found of lookups) {
    const variant = toFileVariant(asked, found);
    if (variant === undefined) continue;
    if (isTypeMap(found)) return answerByMap(r, found);
    variants.push(variant);
  }
  // Whoever lists the folder must not do so for a name that is there, but can't be had.
  if (variants.length === 0) return 404;
  r.variantListTag = tag;
  const negotiation = negotiateResource(r, variants, isActive(r));
  const { best } = negotiation;
  return best === undefined ? refuse(negotiation) : take(r, negotiation, best.found, best.name);
}

/** A type map that bears the name is asked instead of the folder. */
function answerByMap(r: RequestRecord, { r: sub }: Subrequest): Verdict | Promise<Verdict> {
  const variants = readTypeMap(sub);
  if (variants.length === 0) return DECLINED;
  r.variantListTag = listTag(r, sub.finfo!.mtimeMs, sub.finfo!.size);
  const negotiation = negotiateResource<MapVariant>(r, variants, isActive(r));
  const { best } = negotiation;
  if (best === undefined) return refuse(negotiation);
  const found = r.lookupFile(best.name);
  return isThenable(found)
    ? found.then((lookup) => take(r, negotiation, lookup, best.name))
    : take(r, negotiation, found, best.name);
}

/** The client sends something: a script may be meant. */
function isActive(r: RequestRecord): boolean {
  return (r.method !== 'GET' && r.method !== 'HEAD') || r.args !== undefined || r.pathInfo !== '';
}

function refuse({ status, tell }: Negotiation<FileVariant | MapVariant>): Verdict {
  tell();
  return status === 300 ? 300 : 406;
}

function take(
  r: RequestRecord,
  { isTransparent, tell }: Negotiation<FileVariant | MapVariant>,
  found: Subrequest,
  name: string,
): Verdict {
  const { r: sub, status } = found;
  const { args, pathInfo } = r;
  if (isTransparent) {
    const refusal = checkChoice(r, found, name);
    if (refusal !== undefined) return refusal;
  } else if (status !== 200) {
    return status as Verdict;
  }
  fastRedirect(r, sub);
  r.args ??= args;
  r.pathInfo = pathInfo;
  r.uri += pathInfo;
  tell();
  return OK;
}
