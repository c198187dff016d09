import { didYouMean } from '../../core/config/nearest-name.ts';

/** The policy of a section: a source list by directive. `off` in an inner section empties it. */
export interface ContentSecurityPolicy {
  readonly directives: ReadonlyMap<string, string>;
  /** Outer sections don't count. */
  readonly startsOver: boolean;
}

export const noPolicy: ContentSecurityPolicy = { directives: new Map(), startsOver: true };

/** Stands for the request's own nonce until the header is written. */
const noncePlace = "'nonce'";

/**
 * Reads `script-src self nonce https://cdn.example.org`, or several of them with semicolons between, as in the header itself;
 * keywords may stand without their quotes, which a config file would take for its own. Throws an Error for an unknown
 * directive and for a source that can't stand in a policy.
 */
export function parsePolicy(words: readonly string[]): ContentSecurityPolicy {
  const text = words.join(' ').trim();
  if (text.toLowerCase() === 'off') return noPolicy;
  const parts = text.split(';').map((part) => part.trim());
  const directives = parts.filter((part) => part !== '').map((part) => policyDirective(part.split(/\s+/)));
  if (directives.length === 0) throw new Error('a policy needs a directive, such as default-src self');
  return { directives: new Map(directives), startsOver: false };
}

/** Directive by directive, the later or inner one wins. */
export function overlayPolicies(outer: ContentSecurityPolicy, inner: ContentSecurityPolicy): ContentSecurityPolicy {
  if (inner.startsOver) return inner;
  return { directives: new Map([...outer.directives, ...inner.directives]), startsOver: outer.startsOver };
}

/** The header's value; `nonce` is asked only where the policy names it. */
export function policyText({ directives }: ContentSecurityPolicy, nonce: () => string): string {
  const text = Array.from(directives, ([name, sources]) => (sources === '' ? name : `${name} ${sources}`)).join('; ');
  return text.includes(noncePlace) ? text.replaceAll(noncePlace, `'nonce-${nonce()}'`) : text;
}

export function hasNonce({ directives }: ContentSecurityPolicy): boolean {
  return [...directives.values()].some((sources) => sources.includes(noncePlace));
}

const fetchDirectives =
  'default-src script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr img-src font-src connect-src media-src object-src child-src frame-src worker-src manifest-src fenced-frame-src base-uri form-action frame-ancestors report-uri report-to require-trusted-types-for';

/** Content Security Policy Level 3, and Trusted Types. */
const policyDirectives: ReadonlyMap<string, 'sources' | 'nothing' | 'any'> = new Map([
  ...fetchDirectives.split(' ').map((name) => [name, 'sources'] as const),
  ['sandbox', 'any'],
  ['trusted-types', 'any'],
  ['upgrade-insecure-requests', 'nothing'],
]);

function policyDirective([name = '', ...sources]: readonly string[]): [name: string, sources: string] {
  const directive = name.toLowerCase();
  const takes = policyDirectives.get(directive);
  if (takes === undefined) {
    throw new Error(
      `there is no directive "${name}" in a Content Security Policy${didYouMean(name, [...policyDirectives.keys()])}`,
    );
  }
  if (takes === 'nothing' && sources.length > 0) throw new Error(`${directive} takes no sources`);
  if (takes === 'sources' && sources.length === 0) {
    throw new Error(`${directive} takes at least one source, such as self or none`);
  }
  return [directive, sources.map((source) => policySource(source)).join(' ')];
}

const keywords: ReadonlySet<string> = new Set(
  'self none nonce unsafe-inline unsafe-eval wasm-unsafe-eval unsafe-hashes strict-dynamic report-sample script allow-duplicates'.split(
    ' ',
  ),
);

function policySource(word: string): string {
  const plain = word.replace(/^'(.*)'$/s, '$1');
  if (keywords.has(plain.toLowerCase())) return `'${plain.toLowerCase()}'`;
  if (/^sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2}$/.test(plain)) return `'${plain}'`;
  if (plain.startsWith('nonce-')) {
    throw new Error(`a nonce is made for every request: write nonce, not "${word}", and ask cspNonce(r) for it`);
  }
  if (/^[\x21\x23-\x26\x28-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(word)) return word;
  throw new Error(`"${word}" can't be a source in a Content Security Policy`);
}
