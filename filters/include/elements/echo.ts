import { decodeEntities } from '../decode-entities.ts';
import { type Codings, recode } from '../codings.ts';
import { type ElementAction, settingsOf } from './element-action.ts';

/** `echo decoding="…" encoding="…" var="…" …` */
export const echo: ElementAction = (page, attributes) => {
  const codings: Codings = { decoding: 'none', encoding: 'entity' };
  for (const { name, value } of settingsOf(attributes)) {
    if (name === 'decoding' || name === 'encoding') codings[name] = value;
    else if (name !== 'var') return page.fail(`the element echo has no attribute ${name}`);
    else {
      const text = page.value(page.expand(decodeEntities(value)));
      const shown = text === undefined ? page.undefinedEcho : recode(text, codings);
      if (shown === undefined)
        return page.fail(
          `the element echo does not know how to decode "${codings.decoding}" or encode "${codings.encoding}"`,
        );
      page.write(shown);
    }
  }
};
