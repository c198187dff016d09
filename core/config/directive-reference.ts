import { configKey } from './config-key.ts';
import type { RegisteredDirective } from './registry.ts';

/** What a person is told about a directive, in words. */
export interface DirectiveReference {
  readonly name: string;
  /** The line, or section, as a config says it. */
  readonly usage: string;
  readonly help: string;
  readonly contexts: string;
  readonly override: string | undefined;
  readonly default: string | undefined;
  /** What to say instead. */
  readonly deprecated?: string;
  /** Its name in a TypeScript config. */
  readonly key: string;
  readonly plugin: string;
}

/** Describes a directive by its declaration, for the terminal and the documentation. */
export function describeDirective({ name, plugin, declaration }: RegisteredDirective): DirectiveReference {
  const line = `${name} ${declaration.usage}`.trimEnd();
  return {
    name,
    usage: declaration.block === true ? `<${line}>` : line,
    help: declaration.help,
    contexts: declaration.contexts.join(', '),
    override: declaration.override,
    default: declaration.defaultText ?? plainText(declaration.default),
    key: configKey(name),
    plugin,
    ...(declaration.deprecated === undefined ? {} : { deprecated: declaration.deprecated }),
  };
}

/** A plain value as a config says it; undefined for empty ones and for objects. */
function plainText(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return Array.isArray(value) && value.length > 0 ? value.join(' ') : undefined;
}
