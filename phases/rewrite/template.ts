import { type Evaluated, isPending, whenReady } from '../../core/expression/evaluated.ts';
import { lookUp } from './look-up.ts';
import type { RuleRun } from './rule-run.ts';
import { compileVariable } from './variables.ts';

/** Text with `$1`, `%1`, `%{VARIABLE}` and `${map:key|default}` in it. */
export interface Template {
  read(run: RuleRun): Evaluated<string>;
}

interface Part extends Template {
  /** Stands in the rule itself. */
  readonly isOwn: boolean;
}

/** Compiles a template; `escape` is applied to what back references stand for. What starts nothing that is known stays as it is. */
export function compileTemplate(text: string, escape?: (value: string) => string): Template {
  return concatenation(new TemplateReader(text, escape).parts());
}

/** The same for a URL that a rule makes: notes in the run which question marks are the rule's own. */
export function compileSubstitution(text: string, escape?: (value: string) => string): Template {
  const parts = new TemplateReader(text, escape).parts();
  return concatenation(
    parts.map((part) => ({
      read: (run) =>
        whenReady(part.read(run), (value) => {
          if (value.includes('?')) run.noteQuestionMark(part.isOwn);
          return value;
        }),
    })),
  );
}

class TemplateReader {
  readonly #text: string;
  readonly #escape: ((value: string) => string) | undefined;
  #literal = '';
  readonly #parts: Part[] = [];

  constructor(text: string, escape: ((value: string) => string) | undefined) {
    this.#text = text;
    this.#escape = escape;
  }

  parts(): readonly Part[] {
    for (let at = 0; at < this.#text.length;) at = this.#readOne(at);
    this.#endLiteral();
    return this.#parts;
  }

  /** Reads what stands at a place and gives the place behind it. */
  #readOne(at: number): number {
    const text = this.#text;
    const character = text[at]!;
    const next = text[at + 1] ?? '';
    if (character === '\\' && next !== '') return this.#addLiteral(next, at + 2);
    if (character !== '$' && character !== '%') return this.#addLiteral(character, at + 1);
    if (next >= '0' && next <= '9') return this.#addPart(this.#reference(character, Number(next)), at + 2);
    const end = next === '{' ? closingBrace(text, at + 2) : -1;
    if (end < 0) return this.#addLiteral(character, at + 1);
    const inside = text.slice(at + 2, end);
    if (character === '%') return this.#addPart(compileVariable(inside), end + 1);
    const colon = outsideBraces(inside, ':');
    if (colon < 0) return this.#addLiteral('${', at + 2);
    return this.#addPart(this.#mapCall(inside.slice(0, colon), inside.slice(colon + 1)), end + 1);
  }

  #reference(sign: string, group: number): Template['read'] {
    const escape = this.#escape ?? ((value) => value);
    return sign === '$'
      ? (run) => escape(run.ruleGroups?.[group] ?? '')
      : (run) => escape(run.conditionGroups?.[group] ?? '');
  }

  #mapCall(name: string, rest: string): Template['read'] {
    const bar = outsideBraces(rest, '|');
    const key = compileTemplate(bar < 0 ? rest : rest.slice(0, bar), this.#escape);
    const fallback = compileTemplate(bar < 0 ? '' : rest.slice(bar + 1), this.#escape);
    return (run) =>
      whenReady(key.read(run), (wanted) =>
        whenReady(lookUp(run, name, wanted), (value) => value ?? fallback.read(run)),
      );
  }

  #addLiteral(text: string, end: number): number {
    this.#literal += text;
    return end;
  }

  #addPart(read: Template['read'], end: number): number {
    this.#endLiteral();
    this.#parts.push({ isOwn: false, read });
    return end;
  }

  #endLiteral(): void {
    const text = this.#literal;
    if (text !== '') this.#parts.push({ isOwn: true, read: () => text });
    this.#literal = '';
  }
}

function concatenation(parts: readonly Template[]): Template {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const readFrom = (run: RuleRun, from: number, before: string): Evaluated<string> => {
    let text = before;
    for (let at = from; at < parts.length; at++) {
      const value = parts[at]!.read(run);
      if (isPending(value)) return value.then((ready) => readFrom(run, at + 1, text + ready));
      text += value;
    }
    return text;
  };
  return { read: (run) => readFrom(run, 0, '') };
}

/** The brace that closes what was opened before `from`; -1 where there is none. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** The first place of a character that no braces are around. */
function outsideBraces(text: string, wanted: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === wanted && depth === 0) return at;
    if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
  }
  return -1;
}
