import type { Config, DirectiveDeclaration } from './config/directive.ts';
import { extensionOf } from './config/handler-list.ts';
import type { DirectiveRegistry } from './config/registry.ts';
import type { Scope } from './config/scope.ts';
import type { LoadedHandler } from './config/directive.ts';
import type { ConnectionHandler, ContentHandler, Handler } from './handler.ts';
import { type OrderedHook, orderHooks } from './hook-order.ts';
import { type PhaseName, phases } from './phases.ts';
import type { ConnectionStep, InserterHook, PlanMaker, Step } from './plan.ts';
import type { ConnectionHook, FilterHook, PhaseHook, Plugin } from './plugin.ts';
import type { RequestRecord } from './request-record.ts';
import { DECLINED } from './verdict.ts';

interface PlacedHook extends OrderedHook {
  readonly place: PhaseHook<PhaseName>;
}

interface PlacedConnectionHook extends OrderedHook {
  readonly place: ConnectionHook;
}

interface PlacedInserter extends OrderedHook {
  readonly place: FilterHook;
}

/** Where the handlers that the config lists stand among the plugins' hooks. */
const configuredHandlers: PlacedHook = { plugin: 'core', place: { handler: () => DECLINED } };

/** Where the connection handlers that the config lists stand. */
const configuredConnections: PlacedConnectionHook = { plugin: 'core', place: { handler: () => DECLINED } };

/** Makes plans from the directives and hooks of a set of plugins. Throws where hooks can't be ordered. */
export class PluginPlanMaker implements PlanMaker {
  /** The values of all directives where no section says anything. */
  readonly defaults: Config;
  readonly #declarations = new Map<string, DirectiveDeclaration>();
  readonly #hooks: ReadonlyMap<PhaseName, readonly PlacedHook[]>;
  readonly #connectionHooks: readonly PlacedConnectionHook[];
  readonly #inserters: Record<InserterHook, readonly PlacedInserter[]>;
  readonly #watchers: readonly Plugin[];

  /** `describe` says a plugin's name as messages have it. */
  constructor(registry: DirectiveRegistry, plugins: readonly Plugin[], describe?: (name: string) => string) {
    const defaults: Record<string, unknown> = {};
    for (const { key, name, declaration } of registry.all()) {
      if (declaration.into === undefined) {
        defaults[key] = declaration.default;
        this.#declarations.set(key, declaration);
      } else if (registry.find(declaration.into) === undefined) {
        throw new Error(`the directive ${name} goes into ${declaration.into}, which no plugin declares`);
      }
    }
    this.defaults = defaults as Config;
    this.#hooks = new Map(phases.map(({ name }) => [name, orderHooks(hooksOf(plugins, name), name, describe)]));
    this.#connectionHooks = orderHooks(connectionHooksOf(plugins), 'connection');
    this.#inserters = {
      insertFilters: orderHooks(insertersOf(plugins, 'insertFilters'), 'insertFilters', describe),
      insertErrorFilters: orderHooks(insertersOf(plugins, 'insertErrorFilters'), 'insertErrorFilters', describe),
      insertChallenge: orderHooks(insertersOf(plugins, 'insertChallenge'), 'insertChallenge', describe),
    };
    this.#watchers = plugins.filter((plugin) => plugin.wrapHandler !== undefined);
  }

  merge(config: Config, scope: Scope): Config {
    const merged: Record<string, unknown> = { ...config };
    for (const [key, value] of scope.values) {
      const outer = merged[key];
      const declaration = this.#declarations.get(key)!;
      const replaces = outer === undefined || declaration.merge === undefined;
      merged[key] = replaces ? value : declaration.merge!(outer, value);
    }
    return merged as Config;
  }

  steps(config: Config, outer: Config): Step[][] {
    return phases.map(({ name }) => {
      const hooks = this.#hooks.get(name)!.filter(({ place }) => place.when?.(config) !== false);
      const steps = hooks.flatMap((hook) =>
        hook === configuredHandlers ? configuredSteps(config, name) : toStep(hook, name),
      );
      return [...initSteps(config, outer, name), ...steps].map((step) => this.#watch(step, name));
    });
  }

  connectionSteps(config: Config): ConnectionStep[] {
    const configured = config.connectionHandler.map(({ name, call }) => ({
      plugin: 'core',
      name,
      handler: call as ConnectionHandler,
      configured: true,
    }));
    return this.#connectionHooks
      .filter(({ place }) => place.when?.(config) !== false)
      .flatMap((hook) => (hook === configuredConnections ? configured : [toConnectionStep(hook)]));
  }

  filterInserters(config: Config, hook: InserterHook): ((r: RequestRecord) => void)[] {
    return this.#inserters[hook].filter(({ place }) => place.when?.(config) !== false).map(({ place }) => place.insert);
  }

  #watch(step: Step, phase: PhaseName): Step {
    return this.#watchers.reduce((inner, plugin) => ({ ...inner, handler: plugin.wrapHandler!(inner, phase) }), step);
  }
}

function hooksOf(plugins: readonly Plugin[], phase: PhaseName): PlacedHook[] {
  const hooks = plugins.flatMap((plugin): PlacedHook[] => {
    const declared = plugin.phases?.[phase];
    if (declared === undefined) return [];
    const places =
      typeof declared === 'function' ? [{ handler: declared }] : Array.isArray(declared) ? declared : [declared];
    return places.map((place: PhaseHook<PhaseName>) => ({ plugin: plugin.name, place }));
  });
  return [configuredHandlers, ...hooks];
}

function connectionHooksOf(plugins: readonly Plugin[]): PlacedConnectionHook[] {
  const hooks = plugins.flatMap(({ name, connection }) => {
    if (connection === undefined) return [];
    return [{ plugin: name, place: typeof connection === 'function' ? { handler: connection } : connection }];
  });
  return [configuredConnections, ...hooks];
}

function insertersOf(plugins: readonly Plugin[], hook: InserterHook): PlacedInserter[] {
  return plugins.flatMap((plugin) =>
    plugin[hook] === undefined ? [] : [{ plugin: plugin.name, place: plugin[hook] }],
  );
}

function toStep({ plugin, place }: PlacedHook, phase: PhaseName): Step {
  const name = hookName(place.handler, phase);
  return { plugin, name, handler: place.handler, configured: false, pure: place.pure === true };
}

function toConnectionStep({ plugin, place: { handler } }: PlacedConnectionHook): ConnectionStep {
  return { plugin, name: hookName(handler, 'connection'), handler, configured: false };
}

/** A hook's function may have a name of its own that says more than the phase. */
function hookName({ name }: { readonly name: string }, phase: string): string {
  return name === '' || name === 'handler' ? phase : name;
}

/** What the config lists for a phase: the phase's own directive, then the modules of HandlerModule. */
function configuredSteps(config: Config, phase: PhaseName): Step[] {
  const key = `${phase}Handler` as const;
  const list = config[key];
  const modules = config.handlerModule.flatMap(({ handlers }) => handlers.get(key) ?? []);
  if (list === undefined || list.byExtension.size === 0) {
    return [...(list?.handlers ?? []), ...modules].map((handler) => configuredStep(handler, handler.call as Handler));
  }
  const restricted = [...list.byExtension].flatMap(([extension, handlers]) =>
    handlers.map((handler) =>
      configuredStep(
        handler,
        onlyFor(handler, (found) => found === extension),
        ` | ${extension}`,
      ),
    ),
  );
  const others = list.handlers.map((handler) =>
    configuredStep(
      handler,
      onlyFor(handler, (found) => !list.byExtension.has(found)),
    ),
  );
  return [...restricted, ...others, ...modules.map((handler) => configuredStep(handler, handler.call as Handler))];
}

/** InitHandler runs once: at server level before everything else, in a section before headerParser. */
function initSteps(config: Config, outer: Config, phase: PhaseName): Step[] {
  const list = config.initHandler;
  if (list === undefined) return [];
  const isDue = config.initHandler === outer.initHandler ? phase === 'postReadRequest' : phase === 'headerParser';
  return isDue ? list.handlers.map((handler) => configuredStep(handler, handler.call as Handler)) : [];
}

function configuredStep({ name }: LoadedHandler, handler: Handler | ContentHandler, suffix = ''): Step {
  return { plugin: 'core', name: name + suffix, handler, configured: true, pure: false };
}

function onlyFor({ call }: LoadedHandler, isMine: (extension: string) => boolean): Handler {
  return (r) => (isMine(extensionOf(r.filename ?? r.uri)) ? (call as Handler)(r) : DECLINED);
}
