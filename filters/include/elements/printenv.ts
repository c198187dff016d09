import { escapeHtml } from '../../../core/escape-html.ts';
import type { ElementAction } from './element-action.ts';

/** `printenv`: a line for each variable. */
export const printenv: ElementAction = (page, attributes) => {
  if (attributes.length > 0) return page.fail('the element printenv takes no attributes');
  for (const [name, value] of page.variables.entries()) page.write(`${escapeHtml(name)}=${escapeHtml(value)}\n`);
};
