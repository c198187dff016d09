import { type Plugin, definePlugin } from '../core/plugin.ts';
import type { NamedHandler } from '../core/server-record.ts';
import { Breaches } from './lint/breaches.ts';
import { whoIs } from './lint/call.ts';
import { checkResponse } from './lint/check-response.ts';
import { watchFilters, watchInput } from './lint/watch-chain.ts';
import { watchHandler } from './lint/watch-handler.ts';
import { watchLoop } from './lint/watch-loop.ts';
import { watchRecord } from './lint/watch-record.ts';

/** What `lint` minds. */
export interface LintOptions {
  /** Milliseconds for which a handler or filter may keep the event loop to itself; 200 by default. */
  readonly blocking?: number;
  /** Bytes that a filter may take in without passing any on; 1 MiB by default. */
  readonly holding?: number;
}

/** The plugin that `lint` makes, with what it has found. */
export interface Lint extends Plugin {
  /** What was found, in order: also what was found after the answer had left. */
  readonly breaches: readonly string[];
}

/**
 * A plugin that makes errors of what breaks the contract and the engine lets pass: work that goes on after its handler has
 * answered, a loop that is blocked, a body that is read twice, a filter that loses EOS or changes what isn't its own, a
 * redirect without Location, and the like. The request then fails, and the error log says who did what, and what to do.
 *
 * @example
 * const rules = lint();
 * const app = await testApp({ plugins: [rules], outputFilter: ['SHOUT', shout], setOutputFilter: 'SHOUT' });
 * await request(app).get('/').expect(200);
 * expect(rules.breaches).toEqual([]);
 */
export function lint(options: LintOptions = {}): Lint {
  const { blocking = 200, holding = 1_048_576 } = options;
  const breaches = new Breaches();
  const limits = { blocking, holding };
  const loop = watchLoop(breaches, blocking);
  const plugin = definePlugin({
    name: 'lint',
    phases: {
      postReadRequest: {
        order: 'first',
        handler(r) {
          watchRecord(r, breaches);
          return watchInput(r, breaches);
        },
      },
      log: { order: 'first', handler: (r) => checkResponse(r, breaches) },
    },
    insertFilters: { order: 'last', insert: (r) => watchFilters(r, breaches, limits) },
    wrapHandler: (step, phase) =>
      step.plugin === 'lint'
        ? step.handler
        : watchHandler(
            step.handler,
            { who: whoIs(step, phase), phase, isStacked: step.configured },
            breaches,
            blocking,
          ),
    setup(server) {
      loop.enable();
      const watched = Array.from(server.handlers, ([name, named]): [string, NamedHandler] => {
        const who = `the handler ${named.name} of the plugin ${named.plugin}`;
        const known = { who, phase: 'content', isStacked: false } as const;
        return [name, { ...named, handler: watchHandler(named.handler, known, breaches, blocking) }];
      });
      Object.assign(server, { handlers: new Map(watched) });
    },
    close: () => void loop.disable(),
  });
  return { ...plugin, breaches: breaches.messages };
}
