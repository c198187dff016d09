import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { LogCommand } from '../../core/log/log-command.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { RewriteMap } from './rewrite-map.ts';

/** How long a program may think about one key. */
const defaultTimeout = 5000;

/**
 * A program that reads a key per line and writes its value, or NULL, per line. It gets one key at a time; one that ends or
 * doesn't answer in time is started again for the next key.
 */
export function programMap({ program, args }: Omit<LogCommand, 'shell'>, timeout = defaultTimeout): RewriteMap {
  let running: { readonly child: ChildProcess; readonly lines: Interface } | undefined;
  /** Settles when all keys before have their value. */
  let queue: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  const end = (): void => {
    running?.child.kill();
    running = undefined;
  };
  const start = (): NonNullable<typeof running> => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined); // The answer that doesn't come is reported.
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as { unref(): void }).unref();
    running = { child, lines: createInterface({ input: child.stdout }) };
    return running;
  };
  const ask = (key: string, r: RequestRecord): Promise<string | undefined> =>
    new Promise((resolve) => {
      const { child, lines } = running ?? start();
      const finish = (value: string | undefined, fault?: string): void => {
        clearTimeout(timer);
        lines.off('line', onLine);
        child.off('error', onError).off('exit', onExit);
        if (fault !== undefined) {
          r.log(`the map program ${program} ${fault}; "${key}" has no value`, 'error', 'rewrite');
          end();
        }
        resolve(value);
      };
      const onLine = (line: string): void => finish(line.toUpperCase() === 'NULL' ? undefined : line);
      const onError = (error: Error): void => finish(undefined, `can't be run: ${error.message}`);
      const onExit = (): void => finish(undefined, 'has ended');
      const timer = setTimeout(() => finish(undefined, `didn't answer within ${timeout} ms`), timeout);
      lines.on('line', onLine);
      child.on('error', onError).on('exit', onExit);
      child.stdin!.write(`${key}\n`);
    });

  return {
    look(key, r) {
      // A line break would make two questions of one, and mix up all answers after it.
      if (isStopped || key.includes('\n')) return undefined;
      const value = queue.then(() => ask(key, r));
      queue = value;
      return value;
    },
    start() {
      if (running === undefined) start().child.on('error', () => end());
    },
    stop() {
      isStopped = true;
      end();
    },
  };
}
