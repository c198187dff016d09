import { METHODS } from 'node:http';
import type { AuthorizationProvider, AuthorizationTest, RequireLine } from '../../core/access-provider.ts';
import { whenReady } from '../../core/expression/evaluated.ts';

/** What needs neither a user nor an address. */
export const coreProviders = {
  all: { usage: 'granted | denied', parse: parseAll },
  env: { usage: 'variable …', parse: parseEnv },
  method: { usage: 'method …', parse: parseMethod },
  expr: { usage: 'expression', parse: parseExpression },
} satisfies Record<string, AuthorizationProvider>;

function parseAll(words: readonly string[]): AuthorizationTest {
  const word = words[0]?.toLowerCase();
  if (words.length !== 1 || (word !== 'granted' && word !== 'denied')) {
    throw new Error(`Require all takes granted or denied, not "${words.join(' ')}"`);
  }
  return () => word;
}

function parseEnv(words: readonly string[]): AuthorizationTest {
  if (words.length === 0) throw new Error('Require env needs at least one variable');
  return (r) => (words.some((name) => r.env.has(name)) ? 'granted' : 'denied');
}

function parseMethod(words: readonly string[]): AuthorizationTest {
  if (words.length === 0) throw new Error('Require method needs at least one method');
  const unknown = words.find((word) => !METHODS.includes(word));
  if (unknown !== undefined) throw new Error(`Require method takes methods such as GET and POST, not "${unknown}"`);
  // HEAD is a GET without the body, as in Apache.
  const methods = new Set(words.map(plainMethod));
  return ({ method }) => (methods.has(plainMethod(method)) ? 'granted' : 'denied');
}

function plainMethod(method: string): string {
  return method === 'HEAD' ? 'GET' : method;
}

function parseExpression(words: readonly string[], line: RequireLine): AuthorizationTest {
  if (words.length === 0) throw new Error('Require expr needs an expression');
  const condition = line.parseCondition(words.length === 1 ? words[0]! : line.text);
  // Who is asking is looked at once more when it is known.
  const needsUser = /%\{(?:REMOTE_USER|REMOTE_IDENT)\}/.test(condition.text);
  return (r) =>
    whenReady(condition.evaluate(r), (holds) => {
      if (holds) return 'granted';
      return needsUser && r.user === undefined ? 'noUser' : 'denied';
    });
}
