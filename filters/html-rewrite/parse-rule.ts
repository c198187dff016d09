import type { DirectiveSite } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';
import { escapeHtml } from '../../core/escape-html.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { HtmlElement } from './html-element.ts';
import type { Rewriting } from './rewrite-run.ts';
import { parseSelector } from './selector.ts';

/** What an HtmlRewrite line says; its values are computed once for each page. */
export interface RewriteRule {
  rewritingFor(r: RequestRecord): Promise<Rewriting>;
}

type Value = (r: RequestRecord) => Promise<string>;

interface Action {
  /** The arguments behind the action's name. */
  readonly usage: string;
  readonly least: number;
  /** `html`: what expressions put into the last argument is escaped. */
  readonly value?: 'html' | 'text';
  readonly perform: (element: HtmlElement, value: string, name: string) => void;
}

const actions: Readonly<Record<string, Action>> = {
  'set-attribute': {
    usage: 'name value',
    least: 2,
    value: 'text',
    perform: (element, value, name) => element.setAttribute(name, value),
  },
  'remove-attribute': { usage: 'name', least: 1, perform: (element, _, name) => element.removeAttribute(name) },
  before: { usage: 'html', least: 1, value: 'html', perform: (element, html) => element.before(html) },
  prepend: { usage: 'html', least: 1, value: 'html', perform: (element, html) => element.prepend(html) },
  append: { usage: 'html', least: 1, value: 'html', perform: (element, html) => element.append(html) },
  after: { usage: 'html', least: 1, value: 'html', perform: (element, html) => element.after(html) },
  replace: { usage: 'html', least: 1, value: 'html', perform: (element, html) => element.replaceWith(html) },
  remove: { usage: '', least: 0, perform: (element) => element.remove() },
  'set-text': { usage: 'text', least: 1, value: 'text', perform: (element, text) => element.setText(text) },
};

/** The names of all actions, for messages. */
export const actionNames: readonly string[] = Object.keys(actions);

/** Parses `selector action [name] [value]`. */
export function parseRule(
  [selectorText = '', actionName = '', ...rest]: readonly string[],
  site: DirectiveSite,
): RewriteRule {
  const action = Object.hasOwn(actions, actionName) ? actions[actionName] : undefined;
  if (action === undefined) {
    return site.fail(`HtmlRewrite knows no action "${actionName}"${didYouMean(actionName, actionNames)}`);
  }
  if (rest.length !== action.least) {
    return site.fail(
      `HtmlRewrite: ${actionName} takes ${action.usage === '' ? 'no arguments' : action.usage}, not ${rest.length} arguments`,
    );
  }
  const [name = ''] = rest;
  if (actionName.endsWith('attribute') && !/^[^\s"'<>/=\0]+$/.test(name)) {
    return site.fail(`HtmlRewrite: "${name}" is no name of an attribute`);
  }
  const selector = parseSelector(selectorText);
  const value = valueOf(action.value === undefined ? '' : rest.at(-1)!, action.value === 'html', site);
  return {
    async rewritingFor(r) {
      const computed = await value(r);
      return { selector, rewrite: (element) => action.perform(element, computed, name) };
    },
  };
}

/** The text itself is the config's; what an expression in it gives may come from a client. */
function valueOf(text: string, escapes: boolean, site: DirectiveSite): Value {
  const whole = site.parseText(text);
  if (!escapes || whole.constant !== undefined) return async (r) => whole.evaluate(r);
  const pieces = (text.match(/%\{(?:[^{}]|\{[^{}]*\})*\}|(?:[^%]|%(?!\{))+/g) ?? []).map((piece) =>
    site.parseText(piece),
  );
  return async (r) => {
    const made = await Promise.all(pieces.map(async (piece) => piece.constant ?? escapeHtml(await piece.evaluate(r))));
    return made.join('');
  };
}
