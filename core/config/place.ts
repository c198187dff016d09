import type { AllowedOverride, Context, DirectiveSite } from './directive.ts';
import type { RegisteredDirective } from './registry.ts';
import type { SectionKind, SectionParent } from './section-kinds.ts';

/** Where in a config a line stands. */
export interface Place {
  readonly context: Context;
  readonly parent: SectionParent;
  readonly section: DirectiveSite['section'];
  readonly override: AllowedOverride | undefined;
}

/** The context of the lines inside a section. */
export function contextInside({ name }: SectionKind, { context }: Place): Context {
  if (name === 'VirtualHost') return 'virtual host';
  return context === '.htaccess' ? context : 'directory';
}

/** Why the directive may not stand here, or undefined when it may. */
export function allowedHere({ name, declaration }: RegisteredDirective, place: Place): string | undefined {
  const { contexts, override } = declaration;
  if (!contexts.includes(place.context)) {
    return `${name} is not allowed in ${describePlace(place)}; its place is: ${contexts.join(', ')}`;
  }
  const { override: allowed } = place;
  if (allowed === undefined || allowed.directives.has(name.toLowerCase())) return undefined;
  if (override !== undefined && allowed.classes.has(override)) return undefined;
  return override === undefined
    ? `${name} is not allowed here: only AllowOverrideList can permit it`
    : `${name} is not allowed here: AllowOverride doesn't include ${override}`;
}

export function describePlace({ context, section }: Place): string {
  if (section !== undefined) return `<${section.name}>`;
  return context === '.htaccess' ? '.htaccess files' : `the ${context}`;
}
