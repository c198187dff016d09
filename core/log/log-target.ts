import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DirectiveSite } from '../config/directive.ts';
import { messageOf } from '../thrown.ts';
import { parseLogCommand } from './log-command.ts';
import { parseRotatedTarget } from './log-rotation.ts';
import { compileStrftime } from './strftime.ts';

/** How directives write what they log to. */
export const logTargetUsage = 'file|"file [size=N] [keep=N] [link=name]"|"|command"';

/**
 * What a log directive names, made absolute: a file or device in a folder that exists, with its rotation, or `|command`.
 * Fails with the position of the directive where nothing could be written there.
 */
export function resolveLogTarget(target: string, site: DirectiveSite): string {
  if (target.startsWith('|')) {
    parseLogCommand(target);
    return target;
  }
  const { path: named, rotation } = parseRotatedTarget(target);
  const base = site.resolve('.');
  const resolved = site.resolve(named);
  // What the config doesn't say is no date.
  const path = resolved.startsWith(base) ? base.replaceAll('%', '%%') + resolved.slice(base.length) : resolved;
  if (rotation?.isDated === true) compileStrftime(path);
  checkFile(undatedPart(path), site);
  return path + target.slice(named.length);
}

/** The file, or one in the folder that must be there: those whose names have a date are made. */
function undatedPart(path: string): string {
  const date = path.search(/(?<!%)(?:%%)*%[^%]/);
  const part = date < 0 ? path : path.slice(0, date).replace(/[^/]*$/, 'log');
  return part.replaceAll('%%', '%');
}

function checkFile(path: string, site: DirectiveSite): void {
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
}
