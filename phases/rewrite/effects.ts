import { type Evaluated, isPending } from '../../core/expression/evaluated.ts';
import { setCookie } from './cookie.ts';
import type { RuleFlags } from './rule-flags.ts';
import type { RuleRun } from './rule-run.ts';
import { type Template, compileTemplate } from './template.ts';

/** What a rule does besides: it sets a variable or a cookie. */
export interface Effect {
  readonly template: Template;
  readonly have: (run: RuleRun, text: string) => void;
}

/** Those of the flags E and CO. */
export function effectsOf({ env, cookies }: RuleFlags): readonly Effect[] {
  return [
    ...env.map((text) => ({ template: compileTemplate(text), have: setVariable })),
    ...cookies.map((text) => ({ template: compileTemplate(text), have: setCookie })),
  ];
}

/** One after the other. */
export function haveEffects(run: RuleRun, effects: readonly Effect[], from = 0): Evaluated<void> {
  for (let at = from; at < effects.length; at++) {
    const { template, have } = effects[at]!;
    const text = template.read(run);
    if (isPending(text)) {
      return text.then((ready) => {
        have(run, ready);
        return haveEffects(run, effects, at + 1);
      });
    }
    have(run, text);
  }
}

/** `NAME:value`, `NAME` or `!NAME` */
function setVariable(run: RuleRun, text: string): void {
  const { env } = run.r;
  if (text.startsWith('!')) env.delete(text.slice(1));
  else {
    const colon = text.indexOf(':');
    env.set(colon < 0 ? text : text.slice(0, colon), colon < 0 ? '' : text.slice(colon + 1));
  }
  run.trace('trace5', `environment: ${text}`);
}
