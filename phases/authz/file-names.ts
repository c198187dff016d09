import type { RequestRecord } from '../../core/request-record.ts';
import { ChangingFile } from '../authn/changing-file.ts';

/** Node looks up no names of users and groups, so the system's files are read. */
const users = new ChangingFile('/etc/passwd', 'the list of users', parse);
const groups = new ChangingFile('/etc/group', 'the list of groups', parse);

/** The name of the user to whom the requested file belongs; undefined where there is no file or no such name. */
export function fileOwner({ finfo }: RequestRecord): string | undefined {
  return finfo && users.content.get(finfo.uid);
}

/** The name of the group to which the requested file belongs; undefined where there is no file or no such name. */
export function fileGroup({ finfo }: RequestRecord): string | undefined {
  return finfo && groups.content.get(finfo.gid);
}

/** `name:password:number:…` lines. */
function parse(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , id] = line.split(':');
    if (name !== undefined && id !== undefined && /^\d+$/.test(id) && !names.has(Number(id))) {
      names.set(Number(id), name);
    }
  }
  return names;
}
