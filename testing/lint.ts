import { type Plugin, definePlugin } from '../core/plugin.ts';
import { checkResponse } from './lint-response.ts';
import { watchFilters, watchInput } from './lint-filters.ts';

/**
 * A plugin that makes breaches of the contract errors which the engine itself lets pass: a filter that loses EOS or lies
 * about what it changes, a redirect without Location, a 401 without a challenge, and the like. The request then fails, and
 * the error log says why.
 *
 * @example
 * const app = await testApp({ plugins: [lint()], outputFilter: ['SHOUT', shout], setOutputFilter: 'SHOUT' });
 */
export function lint(): Plugin {
  return definePlugin({
    name: 'lint',
    phases: {
      postReadRequest: { order: 'first', handler: watchInput },
      log: { order: 'first', handler: checkResponse },
    },
    insertFilters: { order: 'last', insert: watchFilters },
  });
}
