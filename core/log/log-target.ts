import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DirectiveSite } from '../config/directive.ts';
import { messageOf } from '../thrown.ts';
import { parseLogCommand } from './log-command.ts';

/**
 * What a log directive names, made absolute: a file or device in a folder that exists, or `|command`. Fails with the
 * position of the directive where nothing could be written there.
 */
export function resolveLogTarget(target: string, site: DirectiveSite): string {
  if (target.startsWith('|')) {
    parseLogCommand(target);
    return target;
  }
  const path = site.resolve(target);
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return site.fail(`${site.name} needs a folder to write to, but ${folder} is none; create it or name another`);
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) {
    return site.fail(`${site.name} takes the name of a file, but ${path} is a folder; name a file in it`);
  }
  try {
    accessSync(found === undefined ? folder : path, constants.W_OK);
  } catch (error) {
    return site.fail(`${site.name} can't write ${path}: ${messageOf(error)}`);
  }
  return path;
}
