import { type DirectiveReference, describeDirective } from '../core/config/directive-reference.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import type { DirectiveRegistry } from '../core/config/registry.ts';
import { type SyntaxReference, sectionReference, startTimeReference } from '../core/config/syntax-reference.ts';
import { columns } from './columns.ts';
import { CommandError } from './command-error.ts';
import type { Command } from './command.ts';
import { writeDirectiveTable } from './directive-table.ts';
import { directivesOfPlugin, loadPlugins } from './load-plugins.ts';
import type { Values } from './options.ts';
import { heading, print } from './print.ts';

type Reference = DirectiveReference | SyntaxReference;

export const directives: Command = {
  name: 'directives',
  words: ['[NAME]'],
  summary: 'list the directives and sections, or describe one',
  description: `Lists the directives of the built-in plugins and, with -c, of the plugins
that a config loads. A NAME is that of either spelling, in any letter case.
With --plugin it lists those of one plugin; --into writes them as a table into
a Markdown file, between <!-- directives --> and <!-- end of directives -->.

  sluice directives
  sluice directives authName
  sluice directives --plugin ./dist/index.js --into README.md`,
  options: ['config', 'define', 'plugin', 'into', 'json', 'help'],
  async run({ values, words: [name] }) {
    if (values.plugin !== undefined) return showPlugin(values.plugin, name, values);
    if (values.into !== undefined) throw new CommandError('--into needs --plugin: whose directives to write', 2);
    const { directives: registry } = await loadPlugins(values);
    if (name === undefined) print(values.json === true ? toJson(allOf(registry)) : listing(registry));
    else print(values.json === true ? toJson(find(name, registry)) : description(find(name, registry)));
  },
};

async function showPlugin(plugin: string, name: string | undefined, values: Values): Promise<void> {
  if (name !== undefined || values.config !== undefined) {
    throw new CommandError(`--plugin goes without ${name ?? '--config'}: it takes the plugin's directives alone`, 2);
  }
  const own = await directivesOfPlugin(plugin, values);
  if (values.into !== undefined) writeDirectiveTable(values.into, own);
  else print(values.json === true ? toJson(own) : columns(own.map(({ name: of, help }) => [of, help])));
}

function allOf(registry: DirectiveRegistry): Reference[] {
  return [...Array.from(registry.all(), describeDirective), ...sectionReference, ...startTimeReference];
}

function find(name: string, registry: DirectiveRegistry): Reference {
  const all = allOf(registry);
  const found = all.find((reference) => reference.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new CommandError(
    `there is no directive ${name}${didYouMean(
      name,
      all.map((known) => known.name),
    )}`,
    2,
  );
}

function toJson(reference: Reference | readonly Reference[]): string {
  return JSON.stringify(reference, undefined, 2);
}

function listing(registry: DirectiveRegistry): string {
  const groups = new Map<string, Reference[]>();
  for (const directive of registry.all()) {
    groups.set(directive.plugin, [...(groups.get(directive.plugin) ?? []), describeDirective(directive)]);
  }
  groups.set('sections', [...sectionReference]).set('while the config is read', [...startTimeReference]);
  return [...groups]
    .map(([group, own]) => [heading(group), columns(own.map(({ name, help }) => [name, help]))].join('\n'))
    .join('\n\n');
}

function description({ name, usage, help, ...facts }: Reference): string {
  const rows = Object.entries(facts).map(([fact, value]: [string, string | undefined]) => [fact, value ?? 'none']);
  return [heading(name), `  ${usage}`, '', `  ${help}`, ...(rows.length > 0 ? ['', columns(rows)] : [])].join('\n');
}
