import { ConfigError } from '../config/config-error.ts';
import { type NamedFilter, filterTypes } from '../filter/filter.ts';
import type { ConnectionFilterUse } from '../directives/connection-handler-directives.ts';
import type { ConnectionStep } from '../plan.ts';
import type { ServerRecord } from '../server-record.ts';
import { unfitForConnections } from './open-filter.ts';

/** What stands between a new connection of a server and HTTP; filters from the handler to the network. */
export interface ConnectionPlan {
  readonly steps: readonly ConnectionStep[];
  readonly inputFilters: readonly NamedFilter[];
  readonly outputFilters: readonly NamedFilter[];
}

const plans = new WeakMap<ServerRecord, ConnectionPlan>();

/** Throws a ConfigError where the config names a filter that doesn't work on whole connections. */
export function connectionPlan(server: ServerRecord): ConnectionPlan {
  let plan = plans.get(server);
  if (plan === undefined) {
    const { config, inputFilters, outputFilters } = server;
    plan = {
      steps: server.plan.connectionSteps,
      inputFilters: find(config.setConnectionInputFilter, config.inputFilter, inputFilters),
      outputFilters: find(config.setConnectionOutputFilter, config.outputFilter, outputFilters),
    };
    plans.set(server, plan);
  }
  return plan;
}

/** False where new connections of this server go to HTTP at once. */
export function hasConnectionPhase(server: ServerRecord): boolean {
  const { steps, inputFilters, outputFilters } = connectionPlan(server);
  return steps.length > 0 || inputFilters.length > 0 || outputFilters.length > 0;
}

function find(
  uses: readonly ConnectionFilterUse[],
  declared: ReadonlyMap<string, NamedFilter>,
  brought: ReadonlyMap<string, NamedFilter>,
): readonly NamedFilter[] {
  const found = uses.map(({ name, directive, at }) => {
    const key = name.toLowerCase();
    const filter = declared.get(key) ?? brought.get(key)!;
    const unfit = unfitForConnections(filter);
    if (unfit !== undefined) throw new ConfigError(at, `${directive}: the filter ${name} ${unfit}`);
    return filter;
  });
  return found.toSorted((a, b) => filterTypes.indexOf(a.type) - filterTypes.indexOf(b.type));
}
