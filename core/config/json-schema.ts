import { argumentCounts, singleShapes } from './arguments.ts';
import { configKey } from './config-key.ts';
import type { ArgumentShape, Context, DirectiveDeclaration } from './directive.ts';
import { describeDirective } from './directive-reference.ts';
import type { DirectiveRegistry, RegisteredDirective } from './registry.ts';
import type { ScopeKind } from './scope.ts';
import { type SectionArguments, type SectionKind, sectionKinds } from './section-kinds.ts';
import { sectionReference } from './syntax-reference.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The JSON Schema (draft 2020-12) of a `sluice.config.json` with these directives, for editors. */
export function configSchema(registry: DirectiveRegistry): JsonSchema {
  const directives = [...registry.all()];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A config of Sluice',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'This schema.' },
      serverRoot: { type: 'string', description: "Where relative paths start; the config file's folder by default." },
      plugins: { type: 'array', items: { type: 'string' }, description: 'Plugins by package name or file.' },
      sections: sectionsInside('server'),
    },
    allOf: [reference(contextName['server config'])],
    unevaluatedProperties: false,
    $defs: {
      ...Object.fromEntries(sectionKinds.map((kind) => [kind.name, sectionSchema(kind)])),
      ...Object.fromEntries(
        (['server config', 'virtual host', 'directory'] as const).map((context) => [
          contextName[context],
          { properties: propertiesIn(context, directives) },
        ]),
      ),
      ...Object.fromEntries(directives.map((directive) => [configKey(directive.name), directiveSchema(directive)])),
    },
  };
}

/** By the contexts that have a definition of their own; all sections but VirtualHost have the same. */
const contextName = {
  'server config': 'in the server config',
  'virtual host': 'in a VirtualHost',
  directory: 'in other sections',
} as const;

function reference(name: string): JsonSchema {
  return { $ref: `#/$defs/${encodeURIComponent(name)}` };
}

function propertiesIn(context: Context, directives: readonly RegisteredDirective[]): JsonSchema {
  const allowed = directives.filter(({ declaration }) => declaration.contexts.includes(context));
  return Object.fromEntries(allowed.map(({ name }) => [configKey(name), reference(configKey(name))]));
}

function sectionsInside(parent: ScopeKind): JsonSchema {
  const kinds = sectionKinds.filter(({ inside }) => inside.includes(parent));
  if (kinds.length === 0) return { type: 'array', maxItems: 0 };
  return { type: 'array', items: { anyOf: kinds.map(({ name }) => reference(name)) } };
}

function sectionSchema({ name, takes }: SectionKind): JsonSchema {
  const key = configKey(name);
  const help = sectionReference.find((section) => section.name === name)?.help;
  return {
    type: 'object',
    description: help,
    properties: { [key]: { ...sectionArgument[takes], description: help }, sections: sectionsInside(name) },
    required: [key],
    allOf: [reference(contextName[name === 'VirtualHost' ? 'virtual host' : 'directory'])],
    unevaluatedProperties: false,
  };
}

const sectionArgument: Readonly<Record<SectionArguments, JsonSchema>> = {
  none: { const: true },
  one: { type: 'string' },
  condition: { type: 'string' },
  list: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
};

function directiveSchema(directive: RegisteredDirective): JsonSchema {
  const { declaration } = directive;
  const { usage, help, default: fallback } = describeDirective(directive);
  const { deprecated } = declaration;
  const sentences = [
    help,
    ...(fallback === undefined ? [] : [`Default: ${fallback}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated: ${deprecated}.`]),
    usage,
  ];
  return {
    description: sentences.join('\n\n'),
    ...(deprecated === undefined ? {} : { deprecated: true }),
    ...(declaration.block === undefined ? valueSchema(declaration) : blockSchema(declaration)),
  };
}

/** `{ arguments: […], …directives }`, or several of them. */
function blockSchema({ contexts, settings }: DirectiveDeclaration): JsonSchema {
  const inside = settings || contexts.includes('directory') ? 'directory' : 'server config';
  const block = {
    type: 'object',
    properties: { arguments: { type: 'array', items: plain } },
    allOf: [reference(contextName[inside])],
    unevaluatedProperties: false,
  };
  return { anyOf: [block, { type: 'array', items: block }] };
}

const plain: JsonSchema = { type: ['string', 'number', 'boolean'] };
const onOrOff: JsonSchema = { enum: [true, false, 'On', 'Off', 'on', 'off'] };

/** What a directive's value may be; `directiveLines` makes lines of it. */
function valueSchema({ takes, words }: DirectiveDeclaration): JsonSchema {
  if (takes === 'none') return { type: 'boolean' };
  const argument = takes === 'flag' ? onOrOff : words === undefined ? plain : wordsSchema(words);
  if (singleShapes.has(takes)) return { anyOf: [argument, { type: 'array', items: argument }] };
  const line = { type: 'array', items: argument, ...countSchema(takes) };
  return {
    anyOf: [
      { type: 'string' },
      ...(argumentCounts[takes].least <= 1 ? [argument] : []),
      line,
      { type: 'array', items: { anyOf: [{ type: 'string' }, line] }, contains: { type: 'array' } },
      { type: 'array', maxItems: 0 },
    ],
  };
}

function wordsSchema(words: readonly string[]): JsonSchema {
  const flags = words.flatMap((word) => (word === 'On' ? [true] : word === 'Off' ? [false] : []));
  return { enum: [...words, ...flags] };
}

function countSchema(takes: ArgumentShape): JsonSchema {
  const { least, most, not } = argumentCounts[takes];
  return {
    minItems: least,
    ...(Number.isFinite(most) ? { maxItems: most } : {}),
    ...(not === undefined ? {} : { not: { minItems: not, maxItems: not } }),
  };
}
