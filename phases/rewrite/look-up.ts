import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { RuleRun } from './rule-run.ts';

/** Asks the server's map of that name; a map that isn't there, or an empty value, counts as nothing found. */
export function lookUp(run: RuleRun, name: string, key: string): Evaluated<string | undefined> {
  const map = run.r.server.config.rewriteRule.server?.maps.get(name);
  if (map === undefined) {
    run.trace('trace5', `there is no map ${name}`);
    return undefined;
  }
  return whenReady(map.look(key, run.r), (value) => {
    run.trace('trace5', value === undefined ? `map ${name} has no "${key}"` : `map ${name}: "${key}" is "${value}"`);
    return value;
  });
}
