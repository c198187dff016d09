import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What Debian's Apache is started with, for a config of its layout: relative paths start beside `apache2.conf`, and the
 * process has the variables that `envvars` sets. That is a shell script, of which assignments are understood; the last one
 * of a name counts.
 */
export function debianEnvironment(file: string): { readonly serverRoot?: string } {
  if (basename(file) !== 'apache2.conf') return {};
  const serverRoot = dirname(file);
  const script = join(serverRoot, 'envvars');
  if (existsSync(script)) takeVariables(readFileSync(script, 'utf8'));
  return { serverRoot };
}

function takeVariables(script: string): void {
  const local = new Map<string, string>();
  for (const line of script.split('\n')) {
    const { isExported, name, value } = assignment.exec(line)?.groups ?? {};
    if (name === undefined) continue;
    const expanded = expand(value ?? '', local);
    local.set(name, expanded);
    if (isExported !== undefined) process.env[name] = expanded;
  }
}

const assignment = /^\s*(?<isExported>export\s+)?(?<name>[A-Za-z_]\w*)=(?<value>"[^"]*"|'[^']*'|[^\s;#]*)/;

function expand(value: string, local: ReadonlyMap<string, string>): string {
  if (value.startsWith("'")) return value.slice(1, -1);
  return value
    .replaceAll('"', '')
    .replace(/\$(?:\{(\w+)[^}]*\}|(\w+))/g, (_, braced: string | undefined, plain: string | undefined) => {
      const name = braced ?? plain ?? '';
      return local.get(name) ?? process.env[name] ?? '';
    });
}
