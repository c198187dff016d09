import { Mistake } from './mistake.js';

/**
 * Checks the name of a package; that of a plugin gets the prefix by which Sluice and people know plugins.
 *
 * @param {string} given
 * @param {import('./answers.js').Template} template
 * @throws {Mistake} for what is no name that npm takes.
 */
export function packageName(given, template) {
  const { scope = '', own = '' } = /^(?<scope>@[a-z0-9][a-z0-9._-]*\/)?(?<own>.*)$/s.exec(given.trim())?.groups ?? {};
  const plain = template === 'plugin' ? own.replace(pluginPrefix, '') : own;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(plain) || given.length > 200) {
    throw new Mistake(
      `a name is of lower-case letters, digits and hyphens, such as ${suggestedNames[template]}, not ${JSON.stringify(given)}`,
    );
  }
  return `${scope}${template === 'plugin' ? 'sluice-plugin-' : ''}${plain}`;
}

const pluginPrefix = /^sluice-plugin-/;

/** @type {Readonly<Record<import('./answers.js').Template, string>>} */
export const suggestedNames = { site: 'my-site', handler: 'my-handler', plugin: 'sluice-plugin-powered-by' };

/**
 * What stands in the files of a template for the name, and what takes its place, in this order.
 *
 * @param {string} name as `packageName` gives it
 * @param {import('./answers.js').Template} template
 * @returns {readonly (readonly [from: string, to: string])[]}
 */
export function replacements(name, template) {
  /** @type {readonly [string, string]} */
  const whole = [suggestedNames[template], name];
  if (template !== 'plugin') return [whole];
  const words = name
    .replace(/^@[^/]*\//, '')
    .replace(pluginPrefix, '')
    .split('-');
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return [
    whole,
    ['powered_by', words.join('_')],
    ['poweredBy', configKey(capitalised.join(''))],
    ['PoweredBy', capitalised.join('')],
    ['X-Powered-By', `X-${capitalised.join('-')}`],
    ['x-powered-by', `x-${words.join('-')}`],
  ];
}

/**
 * As Sluice spells a directive in a TypeScript config: capitals in front are lowered but the one that starts the next word.
 *
 * @param {string} directive
 */
function configKey(directive) {
  return directive.replace(/^(?:[A-Z]+?(?=[A-Z][a-z]|$)|[A-Z]+)/, (letters) => letters.toLowerCase());
}
