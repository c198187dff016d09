import { DECLINED, OK, type ServerRecord, defineConfig, definePlugin } from 'sluice';
import { rateStore } from './rate-store.ts';
import './powered-by.ts';

const poweredBy = { takes: 'one', usage: 'x', help: 'x', contexts: ['directory'] } as const;

// Each of these is a mistake that must not compile.

// @ts-expect-error -- an unknown directive
defineConfig({ documentRot: './htdocs' });
// @ts-expect-error -- a value of the wrong type
defineConfig({ keepAlive: 'perhaps' });
// @ts-expect-error -- 200 is no verdict
defineConfig({ contentHandler: () => 200 });
// @ts-expect-error -- a handler that returns nothing
defineConfig({ sections: [{ location: '/', contentHandler: () => undefined }] });
// @ts-expect-error -- an asynchronous one
defineConfig({ sections: [{ location: '/', contentHandler: async () => {} }] });
// @ts-expect-error -- only the content phase takes a body
defineConfig({ sections: [{ location: '/', accessHandler: () => 'text' }] });
// @ts-expect-error -- a section of two kinds
defineConfig({ sections: [{ location: '/', files: '*.txt' }] });
// @ts-expect-error -- an unknown phase
definePlugin({ name: 'wrong', phases: { athenticate: () => OK } });
// @ts-expect-error -- a hook with an unknown place
definePlugin({ name: 'wrong', phases: { fixup: { order: 'early', handler: () => DECLINED } } });
// @ts-expect-error -- a directive that no interface declares
definePlugin({ name: 'wrong', directives: { Undeclared: { takes: 'one', usage: 'x', help: 'x', contexts: [] } } });
// @ts-expect-error -- a plugin's directive with a wrong value
defineConfig({ poweredBy: 7 });
// @ts-expect-error -- in the spelling of a config file
defineConfig({ PoweredBy: 'steam' });
// @ts-expect-error -- a leading acronym is lowered whole
defineConfig({ sSITimeFormat: '%F' });
// @ts-expect-error -- a value that isn't the one that the interface promises
definePlugin({ name: 'wrong', directives: { PoweredBy: { ...poweredBy, parse: () => 7 } } });
// @ts-expect-error -- an argument shape that there isn't
definePlugin({ name: 'wrong', directives: { PoweredBy: { ...poweredBy, takes: 'four' } } });
// @ts-expect-error -- a context that there isn't
definePlugin({ name: 'wrong', directives: { PoweredBy: { ...poweredBy, contexts: ['folder'] } } });
// @ts-expect-error -- a handler of another form: only content has a body
definePlugin({ name: 'wrong', phases: { access: () => 'text' } });
// @ts-expect-error -- a verdict that there isn't
definePlugin({ name: 'wrong', phases: { type: () => 200 } });
// @ts-expect-error -- a member that there isn't
definePlugin({ name: 'wrong', routes: {} });
// @ts-expect-error -- a filter without its function
definePlugin({ name: 'wrong', outputFilters: { EMPTY: { type: 'resource' } } });
// @ts-expect-error -- a provider that says what none says
definePlugin({ name: 'wrong', authenticationProviders: { all: { checkPassword: () => true } } });
// @ts-expect-error -- a provider without its parse
definePlugin({ name: 'wrong', authorizationProviders: { all: { usage: '' } } });
// @ts-expect-error -- a function of expressions that gives a number
definePlugin({ name: 'wrong', expressionFunctions: { length: (text) => text.length } });
// @ts-expect-error -- a log item that gives a number
definePlugin({ name: 'wrong', logItems: { x: (r) => r.status } });
// @ts-expect-error -- ranges of versions are text
definePlugin({ name: 'wrong', dependencies: { alias: 1 } });
// @ts-expect-error -- a service's name instead of its key
definePlugin({ name: 'wrong', services: ['rate_store'] });

/** A service of another type than its key's. */
export function provideWrong({ services }: ServerRecord): number {
  // @ts-expect-error -- nothing that counts
  services.provide(rateStore, {});
  // @ts-expect-error -- it counts something else
  services.provide(rateStore, { count: (client: number) => client });
  // @ts-expect-error -- there is no such function in it
  return services.get(rateStore).total();
}
