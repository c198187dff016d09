import { builtInPlugins } from '../built-in-plugins.ts';
import { type DirectiveReference, describeDirective } from '../core/config/directive-reference.ts';
import { type SyntaxReference, sectionReference, startTimeReference } from '../core/config/syntax-reference.ts';
import { PluginSet } from '../core/plugin-set.ts';

/** The reference of all directives, sections and start-time lines, made of their declarations. */
export function directivesPage(): string {
  const { directives } = new PluginSet(builtInPlugins);
  const all = Array.from(directives.all(), describeDirective);
  const groups = builtInPlugins
    .map(({ name }) => ({ name, own: all.filter(({ plugin }) => plugin === name) }))
    .filter(({ own }) => own.length > 0);
  return `${[introduction, index(all), ...groups.flatMap(({ name, own }) => [`## Plugin ${name}`, ...own.map(entry)]), ...syntax].join('\n\n')}\n`;
}

const introduction = `# Directives

Made from the declarations of the built-in plugins by \`npm run docs\`; \`sluice directives NAME\` prints the same on a terminal.
Usage is that of an \`httpd.conf\`; the key is the name in a \`sluice.config.ts\`. Where no default is given there is none.
The override is the class that \`AllowOverride\` must permit in \`.htaccess\` files.`;

const syntax: readonly string[] = [
  '## Sections',
  table(sectionReference),
  '## While the config is read',
  table(startTimeReference),
];

function index(all: readonly DirectiveReference[]): string {
  const names = all.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en'));
  return names.map((name) => `[${name}](#${name.toLowerCase()})`).join(' ·\n');
}

function entry({ name, usage, help, contexts, override, key, ...rest }: DirectiveReference): string {
  const facts = [
    `- key: \`${key}\``,
    `- contexts: ${contexts}`,
    ...(override === undefined ? [] : [`- override: ${override}`]),
    ...(rest.deprecated === undefined ? [] : [`- deprecated: ${rest.deprecated}`]),
    ...(rest.default === undefined ? [] : [`- default: ${rest.default}`]),
  ];
  return [`### ${name}`, `\`${usage}\``, help, facts.join('\n')].join('\n\n');
}

function table(references: readonly SyntaxReference[]): string {
  const rows = references.map(({ usage, help }) => `| \`${usage.replaceAll('|', '\\|')}\` | ${help} |`);
  return ['| usage | meaning |', '| --- | --- |', ...rows].join('\n');
}
