import { spawnSync } from 'node:child_process';

/** The workloads that a server of files can do. */
const withFiles = ['W1', 'W2', 'W3', 'W5'];

/** @param {string} workload */
export function servesFiles(workload) {
  return withFiles.includes(workload);
}

/**
 * The first of some programs that is installed, and the version that it prints.
 *
 * @param {readonly string[]} commands
 * @returns {{ command: string, version: string } | undefined}
 */
export function findProgram(commands) {
  for (const command of commands) {
    const { error, stdout, stderr } = spawnSync(command, ['-v'], { encoding: 'utf8' });
    if (error === undefined) return { command, version: /\/([\d.]+)/.exec(stdout + stderr)?.[1] ?? '' };
  }
  return undefined;
}
