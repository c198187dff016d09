import { resolve } from 'node:path';
import type { Middleware } from 'koa';
// These bring the directives' types along, for whoever imports the package.
export type {} from './core/directives/index.ts';
export type {} from './filters/index.ts';
export type {} from './handlers/index.ts';
export type {} from './phases/index.ts';
import type { ConfigObject } from './core/config/define-config.ts';
import { Application } from './core/host/application.ts';
import { builtInPlugins } from './built-in-plugins.ts';

/**
 * Makes a Koa application that serves a config: an object as `defineConfig` takes it, or the path of a config file.
 *
 * @example
 * const app = createApp({ sections: [{ location: '/', contentHandler: () => 'Hello World!' }] });
 * await request(app.callback()).get('/').expect('Hello World!');
 */
export function createApp(config: ConfigObject | string): Application {
  const source = typeof config === 'string' ? { file: resolve(config) } : { config, folder: process.cwd() };
  return new Application(source, { builtIn: builtInPlugins });
}

/**
 * Puts a config's phases into an existing Koa application, as one middleware; a request for which there is neither a handler
 * nor a file goes on to the next one.
 *
 * @example
 * const app = new Koa();
 * app.use(mount({ sections: [{ location: '/hello', contentHandler: () => 'Hello World!' }] }));
 */
export function mount(config: ConfigObject | string): Middleware {
  return createApp(config).toMiddleware();
}

export { defineConfig, type ConfigObject, type SectionObject, type Settings } from './core/config/define-config.ts';
export type { Argument, Position } from './core/config/tree.ts';
export type * from './core/access-provider.ts';
export type * from './core/config/directive.ts';
export { ConfigError } from './core/config/config-error.ts';
export { ConnectionAborted } from './core/connection/connection-aborted.ts';
export type { ConnectionRecord } from './core/connection-record.ts';
export type { Form } from './core/body/form.ts';
export type { BodyReader } from './core/body/body-reader.ts';
export type { FormEntry, UploadedFile } from './core/body/uploaded-file.ts';
export type { Condition } from './core/expression/condition.ts';
export type { ConditionOptions, ExpressionParser } from './core/expression/expression-parser.ts';
export type {
  DetailedExpressionFunction,
  DetailedExpressionVariable,
  PluginExpressionFunction,
  PluginExpressionVariable,
} from './core/expression/plugin-extensions.ts';
export type { TextExpression } from './core/expression/text-expression.ts';
export { EOS, FLUSH, FileBucket, type Brigade, type Bucket } from './core/filter/bucket.ts';
export type * from './core/filter/filter.ts';
export type { ConnectionHandler, ContentHandler, FailsafeHandler, Handler } from './core/handler.ts';
export { Application } from './core/host/application.ts';
export type { LogItem, LogItemDeclaration, LogItems, PluginLogItem } from './core/log/log-item.ts';
export type { Logger } from './core/log/logger.ts';
export type { LogLevel } from './core/log/log-level.ts';
export type { Choices, Chosen, Offer } from './core/negotiation/offer.ts';
export type { Step } from './core/plan.ts';
export { phases, type PhaseName, type PhaseRule } from './core/phases.ts';
export {
  definePlugin,
  type ConnectionHook,
  type FilterHook,
  type HookPlace,
  type PhaseHandler,
  type PhaseHook,
  type Plugin,
} from './core/plugin.ts';
export type { RequestRecord } from './core/request-record.ts';
export type { StepMessage, TrailEntry } from './core/trail-entry.ts';
export type { ServerRecord } from './core/server-record.ts';
export { type ServiceKey, serviceKey } from './core/service-key.ts';
export type { Services } from './core/services.ts';
export { type State, type StateKey, stateKey } from './core/state-key.ts';
export type { Subrequest } from './core/subrequest.ts';
export { Table } from './core/table.ts';
export { TooLateError } from './core/too-late-error.ts';
export { type TakenConnection, takeOver, upgrade, wantsUpgrade } from './core/upgrade.ts';
export { DECLINED, DONE, OK, ServerReturn, httpError } from './core/verdict.ts';
export type { Body, ContentVerdict, ErrorStatus, JsonBody, Verdict } from './core/verdict.ts';
