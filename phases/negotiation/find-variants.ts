import type { Variant } from '../../core/negotiation/variant.ts';
import { scriptType } from '../../core/negotiation/variant.ts';
import { readAcceptItem } from '../../core/negotiation/accept-item.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { Subrequest } from '../../core/subrequest.ts';
import { isThenable } from '../../core/thenable.ts';
import { readExtensions } from '../mime-map.ts';

/** A file that may answer for a name without its extensions. */
export interface FileVariant extends Variant {
  readonly found: Subrequest;
}

/** Looks all names up, as files next to the one that `r` asked for. */
export function lookUpNames(
  r: RequestRecord,
  names: readonly string[],
): readonly Subrequest[] | Promise<readonly Subrequest[]> {
  const { uri } = r;
  // Path info is not a part of the neighbours' path.
  r.uri = uri.slice(0, uri.length - r.pathInfo.length);
  const found = names.map((name) => r.lookupFile(name));
  r.uri = uri;
  return found.some(isThenable)
    ? Promise.all(found.map((one) => Promise.resolve(one)))
    : (found as readonly Subrequest[]);
}

/** The variant that a file is for those who ask for `asked`; undefined where it may not be had, or isn't one. */
export function toFileVariant(asked: string, found: Subrequest): FileVariant | undefined {
  const { r: sub, status } = found;
  if (status !== 200 || sub.finfo?.isFile() !== true) return undefined;
  const { addType, typesConfig, multiviewsMatch } = sub.config;
  const filename = sub.filename!;
  const { unknown, isKnown } = readExtensions(filename, addType, typesConfig, multiviewsMatch);
  if (!isKnown || !isSubsequence(unknown, asked.split('.'))) return undefined;
  const type = sub.contentType ?? (sub.handler === undefined ? undefined : scriptType);
  if (type === undefined) return undefined;
  const item = readAcceptItem(type);
  return {
    found,
    name: filename.slice(filename.lastIndexOf('/') + 1),
    type: item.name,
    sourceQuality: item.quality,
    level: item.level,
    charset: sub.charset?.toLowerCase() ?? item.charset,
    languages: sub.contentLanguages.map((language) => language.toLowerCase()),
    encoding: sub.contentEncoding ?? '',
    // What a handler makes has a length of its own.
    length: sub.handler === undefined ? sub.finfo.size : -1,
    description: '',
  };
}

export function isTypeMap({ r: sub }: Subrequest): boolean {
  return sub.contentType === 'application/x-type-map' || sub.handler === 'type-map';
}

function isSubsequence(parts: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const part of whole) if (part === parts[at]) at++;
  return at >= parts.length;
}
