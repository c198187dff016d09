import { GatheringLog } from './gathering-log.ts';

/** So much waits at most, in characters, and so long. */
const capacity = 65_536;
const longestWait = 1_000;

/** Writes the lines of up to a second together: less work, and what waits is lost where the process is killed. */
export class BufferedLog extends GatheringLog {
  #timer: NodeJS.Timeout | undefined;

  write(line: string): void {
    if (this.gather(line) >= capacity) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), longestWait).unref();
  }

  override flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    super.flush();
  }
}
