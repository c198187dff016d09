import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Reading } from './reading.ts';

/** Does a section that is decided while reading hold for its argument? Its `!` is the reader's business. */
export type StartTimeCondition = (argument: string, reading: Reading) => boolean;

/** By lower-case name. */
export const startTimeSections: ReadonlyMap<string, StartTimeCondition> = new Map<string, StartTimeCondition>([
  ['ifdefine', (name, { definitions }) => definitions.has(name)],
  ['ifplugin', (name, { options }) => options.hasPlugin(name)],
  ['ifmodule', (name, { options }) => options.hasPlugin(name)],
  ['iffile', (path, { root }) => existsSync(resolve(root, path))],
]);
