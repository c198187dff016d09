import { renameSync, symlinkSync } from 'node:fs';

// Points one link at two files in turns, as fast as it can, until it is killed.
const [link, ...targets] = process.argv.slice(2);

function swap() {
  for (const target of targets) {
    symlinkSync(target, `${link}.new`);
    renameSync(`${link}.new`, link);
  }
}

swap();
process.send('ready');
for (;;) swap();
