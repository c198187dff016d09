import { type Codings, recode } from '../codings.ts';
import { type ElementAction, settingsOf } from './element-action.ts';

/** `set decoding="…" encoding="…" var="…" value="…" …` */
export const set: ElementAction = (page, attributes) => {
  const codings: Codings = { decoding: 'none', encoding: 'none' };
  let variable: string | undefined;
  for (const { name, value } of settingsOf(attributes)) {
    if (name === 'decoding' || name === 'encoding') codings[name] = value;
    else if (name === 'var') variable = page.expand(value);
    else if (name !== 'value') return page.fail(`the element set has no attribute ${name}`);
    else if (variable === undefined) return page.fail('the element set needs its var before its value');
    else {
      const text = recode(page.expand(value), codings);
      if (text === undefined) {
        return page.fail(
          `the element set does not know how to decode "${codings.decoding}" or encode "${codings.encoding}"`,
        );
      }
      page.variables.set(variable, text);
    }
  }
};
