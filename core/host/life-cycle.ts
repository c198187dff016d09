import type { EventEmitter } from 'node:events';
import { reopenLogFiles } from '../log/open-log-file.ts';
import type { LogLevel } from '../log/log-level.ts';
import { describe } from '../phase-walk.ts';
import { messageOf } from '../thrown.ts';
import type { Application } from './application.ts';

/**
 * Lets the process obey signals: SIGTERM and SIGINT stop the application gracefully, a second one at once, SIGHUP and
 * SIGUSR1 read the config anew and open the logs anew. What handlers leave behind, a rejection nobody waits for or a throw
 * in a timer, is logged, and the server goes on. Resolves when the application has stopped, with everything taken back.
 *
 * @example
 * await app.start();
 * await superviseProcess(app);
 */
export async function superviseProcess(application: Application): Promise<void> {
  const log = (level: LogLevel, message: string): void =>
    application.generation.hosts.main.log.log(level, message, 'core');
  let stopped = (): void => undefined;
  const end = new Promise<void>((resolve) => (stopped = resolve));
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    log('notice', stopping ? `${signal} again: cutting what still runs` : `${signal}: finishing what runs`);
    if (stopping) return application.cut();
    stopping = true;
    application
      .stop()
      .catch((error: unknown) => log('error', `stopping failed: ${describe(error)}`))
      .finally(stopped);
  };
  let reloading = Promise.resolve();
  const reload = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    reloading = reloading.then(() => reloadAndLog(application, signal, log));
  };
  const leftBehind =
    (what: string) =>
    (thrown: unknown): void => {
      log('error', `${what} that no request waits for: ${describe(thrown)}`);
    };
  const listeners: readonly Parameters<EventEmitter['on']>[] = [
    ['SIGTERM', stop],
    ['SIGINT', stop],
    ['SIGHUP', reload],
    // Apache's graceful restart, which scripts for log rotation send; Node would start its debugger.
    ['SIGUSR1', reload],
    ['unhandledRejection', leftBehind('a rejection')],
    ['uncaughtException', leftBehind('an error')],
  ];
  for (const [event, listener] of listeners) (process as EventEmitter).on(event, listener);
  await end;
  for (const [event, listener] of listeners) (process as EventEmitter).off(event, listener);
}

async function reloadAndLog(
  application: Application,
  signal: string,
  log: (level: LogLevel, message: string) => void,
): Promise<void> {
  const failure = await application.reload().then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );
  reopenLogFiles();
  if (failure === undefined) log('notice', `${signal}: the config was read anew`);
  else log('error', `${signal}: the config was not taken over, the old one stays in force: ${failure}`);
}
