import { type ElementAction, settingsOf } from './element-action.ts';

/** `config errmsg="…" echomsg="…" sizefmt="…" timefmt="…"` */
export const config: ElementAction = (page, attributes) => {
  for (const { name, value } of settingsOf(attributes)) {
    const text = page.expand(value);
    if (name === 'errmsg') page.errorMessage = text;
    else if (name === 'echomsg') page.undefinedEcho = text;
    else if (name === 'timefmt') {
      page.timeFormat = text;
      page.variables.timeFormat = text;
    } else if (name !== 'sizefmt') return page.fail(`the element config has no attribute ${name}`);
    else if (text === 'bytes' || text === 'abbrev') page.sizeInBytes = text === 'bytes';
    else return page.fail(`sizefmt is bytes or abbrev, not "${text}"`);
  }
};
