import type { Config } from './config/directive.ts';
import type { Position } from './config/tree.ts';
import type { NamedFilter } from './filter/filter.ts';
import type { Vocabulary } from './expression/vocabulary.ts';
import type { ConnectionHandler, ContentHandler } from './handler.ts';
import type { Logger } from './log/logger.ts';
import type { Plan } from './plan.ts';
import { Services } from './services.ts';
import type { SectionWalk } from './section-walk.ts';

/** A content handler under the name that SetHandler uses. */
export interface NamedHandler {
  readonly plugin: string;
  readonly name: string;
  readonly handler: ContentHandler;
}

/** A connection handler under the name that ConnectionHandler uses. */
export interface NamedConnectionHandler {
  readonly plugin: string;
  readonly name: string;
  readonly handler: ConnectionHandler;
}

/** What plugins add to every server of a configuration, by lower-case name. */
export interface ServerRegistry {
  readonly handlers: ReadonlyMap<string, NamedHandler>;
  readonly connectionHandlers: ReadonlyMap<string, NamedConnectionHandler>;
  readonly inputFilters: ReadonlyMap<string, NamedFilter>;
  readonly outputFilters: ReadonlyMap<string, NamedFilter>;
  /** The names in expressions. */
  readonly vocabulary: Vocabulary;
  /** Who declares each service, as messages name the plugin. */
  readonly serviceOwners: ReadonlyMap<string, string>;
  /** Real paths of the config files and of the modules that they name: never sent to a client. */
  readonly sources: ReadonlySet<string>;
}

/** The main server or a virtual host, as one configuration describes it. */
export class ServerRecord implements Omit<ServerRegistry, 'serviceOwners'> {
  /** A VirtualHost, not the main server. */
  readonly isVirtual: boolean;
  /** Where the config begins to speak of it. */
  readonly definedAt: Position;
  /** @internal What applies before any section matched. */
  readonly plan: Plan;
  /** @internal Lays the sections that match a request over the plan. */
  readonly walk: SectionWalk;
  /** A plugin may put another in its place at `setup`. */
  log: Logger;
  /** Those that SetHandler names. */
  readonly handlers: ServerRegistry['handlers'];
  /** Those that ConnectionHandler names. */
  readonly connectionHandlers: ServerRegistry['connectionHandlers'];
  /** Those of plugins. */
  readonly inputFilters: ServerRegistry['inputFilters'];
  /** Those of plugins. */
  readonly outputFilters: ServerRegistry['outputFilters'];
  /** @internal The names in expressions. */
  readonly vocabulary: ServerRegistry['vocabulary'];
  /** @internal Files that are never sent to a client. */
  readonly sources: ServerRegistry['sources'];
  /** What plugins offer to others, by typed keys. */
  readonly services: Services;

  constructor(
    place: { readonly isVirtual: boolean; readonly definedAt: Position },
    plan: Plan,
    walk: SectionWalk,
    log: Logger,
    registry: ServerRegistry,
  ) {
    this.isVirtual = place.isVirtual;
    this.definedAt = place.definedAt;
    this.plan = plan;
    this.walk = walk;
    this.log = log;
    this.handlers = registry.handlers;
    this.connectionHandlers = registry.connectionHandlers;
    this.inputFilters = registry.inputFilters;
    this.outputFilters = registry.outputFilters;
    this.vocabulary = registry.vocabulary;
    this.sources = registry.sources;
    this.services = new Services(registry.serviceOwners);
  }

  /** Server-level values, without those of any section. */
  get config(): Config {
    return this.plan.config;
  }

  /** ServerName without its port, or the machine's name. */
  get hostname(): string {
    return this.config.serverName.hostname;
  }

  /** The port of ServerName; 0 where it names none. */
  get port(): number {
    return this.config.serverName.port;
  }

  /** ServerAdmin. */
  get admin(): string | undefined {
    return this.config.serverAdmin;
  }
}
