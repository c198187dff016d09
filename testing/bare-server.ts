import { builtInPlugins } from '../built-in-plugins.ts';
import type { Config } from '../core/config/directive.ts';
import type { Scope } from '../core/config/scope.ts';
import type { Logger } from '../core/log/logger.ts';
import { Plan } from '../core/plan.ts';
import { PluginPlanMaker } from '../core/plan-maker.ts';
import { PluginSet } from '../core/plugin-set.ts';
import { SectionWalk } from '../core/section-walk.ts';
import { ServerRecord } from '../core/server-record.ts';

/** A server that no config file describes: the built-in plugins, the defaults, and the values given. */
export function bareServer(values: Partial<Config>, log: Logger): ServerRecord {
  const plugins = new PluginSet(builtInPlugins);
  const maker = new PluginPlanMaker(plugins.directives, plugins.all);
  const scope: Scope = { kind: 'server', args: [], values: new Map(), sections: [], file: 'fakeRequest', line: 0 };
  const plan = Plan.root(maker, { ...maker.defaults, ...values }, [scope]);
  const walk = new SectionWalk(
    plan,
    [scope],
    () => undefined,
    () => false,
  );
  return new ServerRecord({ isVirtual: false, definedAt: scope }, plan, walk, log, plugins);
}
