import type { Config } from './config/directive.ts';
import type { Scope } from './config/scope.ts';
import type { ConnectionHandler, ContentHandler, FailsafeHandler, Handler } from './handler.ts';
import { phaseIndex } from './phases.ts';
import type { RequestRecord } from './request-record.ts';

/** One function that stands in a phase. */
export interface Step {
  /** Whose it is; `core` for handlers of the config. */
  readonly plugin: string;
  /** The handler as the config spells it, or the phase for a plugin's own hook. */
  readonly name: string;
  /** What is called. */
  readonly handler: Handler | ContentHandler | FailsafeHandler;
  /** Listed by a config directive: stacked in the content phase. */
  readonly configured: boolean;
  /** `explain` may run it. */
  readonly pure: boolean;
}

/** One function that stands in the connection phase. */
export interface ConnectionStep {
  readonly plugin: string;
  /** The handler as the config spells it, or the phase for a plugin's own hook. */
  readonly name: string;
  readonly handler: ConnectionHandler;
  /** Listed by ConnectionHandler. */
  readonly configured: boolean;
}

/** The hooks of plugins that add to a response. */
export type InserterHook = 'insertFilters' | 'insertErrorFilters' | 'insertChallenge';

/** How a plan is made of a merged config; one per loaded configuration. */
export interface PlanMaker {
  /** Lays a section's values over a config. */
  merge(config: Config, scope: Scope): Config;
  /** Per phase, the functions for a config; `outer` is the server-level config, which has had its turn at InitHandler. */
  steps(config: Config, outer: Config): readonly (readonly Step[])[];
  /** Who is asked about a new connection under a server's config. */
  connectionSteps(config: Config): readonly ConnectionStep[];
  filterInserters(config: Config, hook: InserterHook): readonly ((r: RequestRecord) => void)[];
}

/**
 * What applies to a request once the sections that match it are known: the merged config and, per phase, the functions to
 * call. Frozen and shared: each plan remembers which plan a further section leads to, so that a request only follows links.
 */
export class Plan {
  readonly config: Config;
  /** The sections that were merged, in order. */
  readonly scopes: readonly Scope[];
  /** If, Limit and their kin inside those sections; decided per request. */
  readonly conditions: readonly Scope[];
  /** Files sections inside those sections. */
  readonly files: readonly Scope[];
  readonly #maker: PlanMaker;
  readonly #root: Plan;
  readonly #successors = new WeakMap<Scope, Plan>();
  #steps: readonly (readonly Step[])[] | undefined;
  #stackedContent: readonly Step[] | undefined;
  #hasAuthenticateHandler: boolean | undefined;
  #inserters: readonly ((r: RequestRecord) => void)[] | undefined;
  #errorInserters: readonly ((r: RequestRecord) => void)[] | undefined;

  private constructor(maker: PlanMaker, config: Config, outer: Plan | undefined, added: readonly Scope[]) {
    const sections = added.flatMap((scope) => scope.sections);
    this.#maker = maker;
    this.#root = outer === undefined ? this : outer.#root;
    this.config = Object.freeze(config);
    this.scopes = [...(outer?.scopes ?? []), ...added];
    this.conditions = [...(outer?.conditions ?? []), ...sections.filter(({ kind }) => conditionKinds.has(kind))];
    this.files = [...(outer?.files ?? []), ...sections.filter(({ kind }) => kind === 'Files' || kind === 'FilesMatch')];
  }

  /** The plan of a server before any section matched; `servers` is the main server and, over it, the virtual host. */
  static root(maker: PlanMaker, defaults: Config, servers: readonly Scope[]): Plan {
    const config = servers.reduce((merged, server) => maker.merge(merged, server), defaults);
    return new Plan(maker, config, undefined, servers);
  }

  /** This plan with a section laid over it. */
  over(scope: Scope): Plan {
    let plan = this.#successors.get(scope);
    if (plan === undefined) {
      plan = new Plan(this.#maker, this.#maker.merge(this.config, scope), this, [scope]);
      this.#successors.set(scope, plan);
    }
    return plan;
  }

  /** Per phase index, what runs. */
  get steps(): readonly (readonly Step[])[] {
    return (this.#steps ??= this.#maker.steps(this.config, this.#root.config));
  }

  /** Who is asked about new connections; where the plan is that of a server. */
  get connectionSteps(): readonly ConnectionStep[] {
    return this.#maker.connectionSteps(this.config);
  }

  /** The handlers that the config stacks on the content phase. */
  get stackedContent(): readonly Step[] {
    return (this.#stackedContent ??= this.steps[phaseIndex.content]!.filter((step) => step.configured));
  }

  get hasAuthenticateHandler(): boolean {
    return (this.#hasAuthenticateHandler ??= this.steps[phaseIndex.authenticate]!.some((step) => step.configured));
  }

  get filterInserters(): readonly ((r: RequestRecord) => void)[] {
    return (this.#inserters ??= this.#maker.filterInserters(this.config, 'insertFilters'));
  }

  get errorFilterInserters(): readonly ((r: RequestRecord) => void)[] {
    return (this.#errorInserters ??= this.#maker.filterInserters(this.config, 'insertErrorFilters'));
  }

  get challengeInserters(): readonly ((r: RequestRecord) => void)[] {
    return this.#maker.filterInserters(this.config, 'insertChallenge');
  }
}

const conditionKinds = new Set<Scope['kind']>(['If', 'ElseIf', 'Else', 'Limit', 'LimitExcept']);
