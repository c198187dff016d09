// Installs the real programs that tests talk to: on Debian as root; elsewhere one line says what is missing.
import { spawnSync } from 'node:child_process';

/** Program, and the Debian package that has it. */
const programs = [
  ['htpasswd', 'apache2-utils'],
  // The program alone: the package apache2 would start it as a service.
  ['apache2', 'apache2-bin'],
  ['redis-cli', 'redis-tools'],
  ['redis-server', 'redis-server'],
];

const isThere = (program) => spawnSync('which', [program]).status === 0;
const missing = programs.filter(([program]) => !isThere(program));

if (missing.length > 0 && process.getuid?.() === 0 && isThere('apt-get')) {
  const packages = missing.map(([, name]) => name);
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', ...packages], { stdio: 'ignore' });
}
for (const [program, name] of programs) {
  if (!isThere(program))
    console.log(`missing: ${program} (Debian package ${name}); the tests that need it are skipped`);
}
