import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CaseFolder } from './case-folder.ts';
import type { ComparisonCase } from './comparison-case.ts';
import { type StartedServer, freePort, writeServerConfig } from './server-config.ts';

const moduleFolder = '/usr/lib/apache2/modules';

/** Those whose work Sluice does without being asked; the others are named by the case. */
const usualModules = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_host',
  'authz_user',
  'auth_basic',
  'access_compat',
  'alias',
  'autoindex',
  'dir',
  'env',
  'filter',
  'headers',
  'mime',
  'negotiation',
  'setenvif',
];

/** Debian's apache2, as its package installs it; `version` is undefined where it isn't. */
export const apacheVersion = findVersion();

/** Starts Apache as one process on a free port; its error log is what it says when it refuses. */
export async function startApache(comparison: ComparisonCase, folder: CaseFolder): Promise<StartedServer> {
  const port = await freePort();
  const log = join(folder.path, 'run/apache-error.log');
  const file = writeServerConfig('apache', ownConfig(comparison), comparison, folder, port);
  const child = spawn('apache2', ['-X', '-f', file], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment,
  });
  running.add(child);
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve())).finally(() => running.delete(child));
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      await ended;
      return { refusal: complaint + (existsSync(log) ? readFileSync(log, 'utf8') : '') };
    }
    await wait(2);
  }
  return {
    port,
    async stop() {
      killGroup(child);
      await ended;
    },
  };
}

/** A comparison that is broken off takes its servers with it. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => killGroup(child)));

const typesFile = fileURLToPath(new URL('mime.types', import.meta.url));
const environment = { PATH: process.env['PATH'], TZ: 'UTC', LANG: 'C' };

function ownConfig({ modules = [] }: ComparisonCase): string {
  const loaded = [...usualModules, ...modules].map(
    (name) => `LoadModule ${name}_module ${moduleFolder}/mod_${name}.so\n`,
  );
  return `${loaded.join('')}
DefaultRuntimeDir @ROOT@/run
PidFile @ROOT@/run/apache.pid
ErrorLog @ROOT@/run/apache-error.log
Mutex file:@ROOT@/run
${process.getuid?.() === 0 ? 'User #65534\nGroup #65534' : ''}
ThreadsPerChild 4
MaxRequestWorkers 4
TypesConfig ${typesFile}
`;
}

function findVersion(): string | undefined {
  const { stdout } = spawnSync('apache2', ['-v'], { encoding: 'utf8' });
  return existsSync(moduleFolder) ? /Apache\/(\S+)/.exec(stdout ?? '')?.[1] : undefined;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** With the programs that it started for logs and maps. */
function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
