import type { MethodSet } from './config/directive.ts';
import type { Scope } from './config/scope.ts';

const sets = new WeakMap<Scope, MethodSet>();

/** The methods that a Limit or LimitExcept section is about. */
export function methodsOf(scope: Scope): MethodSet {
  let methods = sets.get(scope);
  if (methods === undefined) {
    const named = new Set(scope.args.map(plain));
    const isExcept = scope.kind === 'LimitExcept';
    methods = { has: (method) => named.has(plain(method)) !== isExcept };
    sets.set(scope, methods);
  }
  return methods;
}

/** HEAD is a GET without the body, as in Apache. */
function plain(method: string): string {
  return method === 'HEAD' ? 'GET' : method;
}
