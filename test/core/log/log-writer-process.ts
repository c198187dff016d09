import { LogFile } from '../../../core/log/log-file.ts';

/** Writes numbered lines to the log named by its argument and acknowledges each on standard output, until it is killed. */
const log = new LogFile(process.argv[2]!);
for (let number = 1; ; number++) {
  log.write(`line ${number}`);
  process.stdout.write(`${number}\n`);
  if (number % 100 === 0) await new Promise(setImmediate);
}
