import { ConfigError } from './config-error.ts';
import type { SectionKind } from './section-kinds.ts';
import type { SectionNode } from './tree.ts';

/**
 * The checked arguments of a section; a condition is one argument, quoted or not.
 *
 * @throws {ConfigError} for a wrong number of them.
 */
export function sectionArguments(node: SectionNode, kind: SectionKind): readonly string[] {
  const args = node.args.map(String);
  const { name, takes, mayHaveTilde } = kind;
  if (takes === 'none') {
    if (args.length === 0) return args;
    throw new ConfigError(node, `<${name}> takes no argument, but "${args.join(' ')}" was given`);
  }
  if (args.length === 0) throw new ConfigError(node, `<${name}> needs an argument, as in ${examples[takes](name)}`);
  if (takes === 'condition') return args.length === 1 ? args : [node.text ?? args.join(' ')];
  if (name === 'Limit' && args.includes('TRACE')) {
    throw new ConfigError(node, '<Limit> has no say over TRACE, which is never answered; leave it out');
  }
  if (takes === 'list') return args;
  const count = mayHaveTilde && args[0] === '~' ? 2 : 1;
  if (args.length !== count) {
    throw new ConfigError(
      node,
      `<${name}> takes one argument, but got "${args.join('" "')}"; quote one that has blanks`,
    );
  }
  return args;
}

const examples = {
  one: (name: string) => `<${name} "…">`,
  list: (name: string) => `<${name} … …>`,
  condition: (name: string) => `<${name} "%{REQUEST_METHOD} == 'GET'">`,
} as const;
