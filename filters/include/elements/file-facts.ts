import type { Stats } from 'node:fs';
import { decodeEntities } from '../decode-entities.ts';
import type { Page } from '../page.ts';
import { longSize, shortSize } from '../size-text.ts';
import { timeText } from '../time-text.ts';
import { type ElementAction, settingsOf } from './element-action.ts';
import { findTarget } from './find-target.ts';

/** `fsize file="…"`, `fsize virtual="…"` */
export const fsize: ElementAction = fact('fsize', (page, { size }) => (page.sizeInBytes ? longSize : shortSize)(size));

/** `flastmod file="…"`, `flastmod virtual="…"` */
export const flastmod: ElementAction = fact('flastmod', (page, { mtimeMs }) =>
  timeText(page.timeFormat, mtimeMs, 'local'),
);

function fact(element: string, describe: (page: Page, finfo: Stats) => string): ElementAction {
  return async (page, attributes) => {
    for (const { name, value } of settingsOf(attributes)) {
      if (name !== 'file' && name !== 'virtual') return page.fail(`the element ${element} has no attribute ${name}`);
      const wanted = page.expand(decodeEntities(value));
      const found = await findTarget(page, name, wanted);
      if (typeof found === 'string') return page.fail(found);
      const { finfo } = found.r;
      if (found.status !== 200 || finfo?.isFile() !== true) return page.fail(`nothing is known of "${wanted}"`);
      page.write(describe(page, finfo));
    }
  };
}
