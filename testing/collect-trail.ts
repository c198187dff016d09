import { type Plugin, definePlugin } from '../core/plugin.ts';
import type { TrailEntry } from '../core/trail-entry.ts';
import { DECLINED } from '../core/verdict.ts';

/** A request, and which handlers it has met. */
export interface TrailedRequest {
  /** As the client sent it. */
  readonly method: string;
  /** The path at arrival. */
  readonly uri: string;
  /** In the order in which they ran. */
  readonly steps: readonly TrailEntry[];
}

/** The plugin that `collectTrail` makes, with what it has collected. */
export interface CollectedTrail extends Plugin {
  /** In the order in which they came in; the targets of internal redirects too. */
  readonly requests: readonly TrailedRequest[];
  /** The steps of the latest request as text: `fixup powered_by DECLINED`; with a phase, those of this phase. */
  lines(phase?: TrailEntry['phase']): string[];
}

/**
 * A plugin that notes which handlers ran for each request, in which phase, and with what verdict.
 *
 * @example
 * const trail = collectTrail();
 * await request(testApp({ plugins: [trail], accessHandler: () => 403 })).get('/').expect(403);
 * expect(trail.lines('access')).toEqual(['access accessHandler 403']);
 */
export function collectTrail(): CollectedTrail {
  const requests: TrailedRequest[] = [];
  const plugin = definePlugin({
    name: 'collect_trail',
    phases: {
      postReadRequest: {
        order: 'first',
        handler(r) {
          r.trail ??= [];
          requests.push({ method: r.method, uri: r.uri, steps: r.trail });
          return DECLINED;
        },
      },
    },
  });
  return {
    ...plugin,
    requests,
    lines(phase) {
      const steps = requests.at(-1)?.steps ?? [];
      return steps.filter((step) => phase === undefined || step.phase === phase).map(lineOf);
    },
  };
}

/** A plugin's hook goes by the plugin's name, a handler of the config by its own. */
function lineOf({ phase, plugin, name, verdict }: TrailEntry): string {
  const who = plugin === 'core' ? name : plugin;
  return `${phase} ${who}${name === phase || who === name ? '' : ` ${name}`} ${verdict}`;
}
