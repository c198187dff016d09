import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Takes what the program says on standard error; without it that goes nowhere. */
  readonly onStderr: ((text: string) => void) | undefined;
  /** Called where the program ends with a status other than 0. */
  readonly onFailure: (status: number) => void;
}

/** Starts a program, without a shell. Rejects with the error of `spawn` where that can't be done. */
export async function startProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramStream> {
  const child = spawn(program, args, {
    env: options.env,
    stdio: ['pipe', 'pipe', options.onStderr === undefined ? 'ignore' : 'pipe'],
    // A group of its own, so that what the program has started ends with it.
    detached: true,
  });
  await once(child, 'spawn');
  return new ProgramStream(child, options);
}

/** A running program as a stream: what is written is its standard input, what is read its standard output. */
export class ProgramStream extends Duplex {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, { onStderr, onFailure }: ProgramOptions) {
    super();
    this.#child = child;
    const { stdin, stdout, stderr } = child;
    stdout!.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) stdout!.pause();
    });
    // A program may end without having read everything.
    stdin!.on('error', () => undefined);
    if (onStderr !== undefined) stderr?.on('data', (text: Buffer) => onStderr(text.toString().trimEnd()));
    child.on('close', (status, signal) => {
      if (signal !== null) this.destroy(new Error(`the program ${child.spawnfile} was ended by ${signal}`));
      else {
        if (status !== null && status !== 0) onFailure(status);
        this.push(null);
      }
    });
  }

  override _read(): void {
    this.#child.stdout!.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const { stdin } = this.#child;
    if (stdin!.destroyed) return done();
    let isTaken = false;
    // What nobody reads any longer counts as read, whichever of the two is told first.
    const taken = (): void => {
      if (isTaken) return;
      isTaken = true;
      stdin!.off('close', taken);
      done();
    };
    stdin!.on('close', taken).write(chunk, taken);
  }

  override _final(done: () => void): void {
    this.#child.stdin!.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { pid, exitCode, signalCode, stdin, stdout, stderr } = this.#child;
    for (const stream of [stdin, stdout, stderr]) stream?.destroy();
    if (pid !== undefined && exitCode === null && signalCode === null) killGroup(pid);
    done(error);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
