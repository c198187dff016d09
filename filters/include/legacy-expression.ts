import { compileRegularExpression } from '../../core/regular-expression.ts';
import { type LegacyToken, legacyTokens } from './legacy-tokens.ts';
import type { Page } from './page.ts';

/** Whether an expression holds that is written as before Apache 2.4: `$a = b && $c != /d/`. Throws where it is none. */
export async function evaluateLegacy(page: Page, expression: string): Promise<boolean> {
  return await new LegacyExpression(page, expression).evaluate();
}

type Operand = { readonly text: string } | { readonly pattern: string } | { readonly holds: boolean };

/** Both sides of `&&` and `||` are asked, one after the other, as Apache does. */
class LegacyExpression {
  readonly #page: Page;
  readonly #expression: string;
  readonly #tokens: readonly LegacyToken[];
  #next = 0;

  constructor(page: Page, expression: string) {
    this.#page = page;
    this.#expression = expression;
    this.#tokens = legacyTokens(expression);
  }

  async evaluate(): Promise<boolean> {
    if (this.#tokens.length === 0) return false;
    const holds = await this.#either();
    if (this.#next < this.#tokens.length) this.#fault();
    return holds;
  }

  async #either(): Promise<boolean> {
    let holds = await this.#both();
    while (this.#take('||')) holds = (await this.#both()) || holds;
    return holds;
  }

  async #both(): Promise<boolean> {
    let holds = await this.#comparison();
    while (this.#take('&&')) holds = (await this.#comparison()) && holds;
    return holds;
  }

  async #comparison(): Promise<boolean> {
    if (this.#take('!')) return !(await this.#single());
    const left = await this.#operand();
    const compare = comparisons[this.#tokens[this.#next]?.kind ?? ''];
    if (compare === undefined) return this.#isTrue(left);
    const negated = this.#tokens[this.#next++]!.kind === '!=';
    const right = await this.#operand();
    if (!('text' in left) || 'holds' in right) return this.#fault();
    if ('text' in right) return compare(left.text, right.text);
    if (compare !== comparisons['='] && !negated) return this.#fault();
    return this.#matches(left.text, right.pattern) !== negated;
  }

  /** What an exclamation mark stands before: no comparison, unless it is in parentheses. */
  async #single(): Promise<boolean> {
    return this.#take('!') ? !(await this.#single()) : this.#isTrue(await this.#operand());
  }

  async #operand(): Promise<Operand> {
    if (this.#take('(')) {
      const holds = await this.#either();
      return this.#take(')') ? { holds } : this.#fault();
    }
    if (this.#take('-A')) return { holds: await this.#isAccessible(this.#text()) };
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'pattern') return { text: this.#text() };
    this.#next++;
    return { pattern: this.#page.expand(token.text) };
  }

  /** Words beside each other are one text. */
  #text(): string {
    const words: string[] = [];
    for (let token = this.#tokens[this.#next]; token?.kind === 'text'; token = this.#tokens[++this.#next]) {
      words.push(token.text);
    }
    return words.length === 0 ? this.#fault() : this.#page.expand(words.join(' '));
  }

  #isTrue(operand: Operand): boolean {
    if ('pattern' in operand) return this.#fault();
    return 'holds' in operand ? operand.holds : operand.text !== '';
  }

  #matches(text: string, pattern: string): boolean {
    this.#page.match.groups = compileRegularExpression(pattern).exec(text) ?? undefined;
    return this.#page.match.groups !== undefined;
  }

  async #isAccessible(uri: string): Promise<boolean> {
    return (await this.#page.r.lookupUri(uri)).status < 400;
  }

  #take(kind: LegacyToken['kind']): boolean {
    const found = this.#tokens[this.#next]?.kind === kind;
    if (found) this.#next++;
    return found;
  }

  #fault(): never {
    throw new Error(`"${this.#expression}" is no expression of the old kind that SSILegacyExprParser asks for`);
  }
}

const comparisons: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};
