import { ConfigError } from './config-error.ts';
import { didYouMean } from './nearest-name.ts';
import type { Position } from './tree.ts';

/** What a name stands for, as messages say it. */
export type NameKind = 'input filter' | 'output filter' | (string & {});

/** A line that names something which may be declared further down. */
export interface NameUse {
  readonly directive: string;
  readonly name: string;
  /** What it may be the name of. */
  readonly kinds: readonly NameKind[];
  readonly at: Position;
}

/** The names that plugins bring and a config declares; letter case doesn't count. */
export class NameBook {
  readonly #brought: ReadonlyMap<NameKind, ReadonlyMap<string, unknown>>;
  readonly #declared = new Map<NameKind, Map<string, string>>();

  /** `brought` has what plugins bring, by names in lower case; it may grow. */
  constructor(brought: ReadonlyMap<NameKind, ReadonlyMap<string, unknown>>) {
    this.#brought = brought;
  }

  declare(kind: NameKind, name: string): void {
    const names = this.#declared.get(kind) ?? new Map<string, string>();
    this.#declared.set(kind, names.set(name.toLowerCase(), name));
  }

  /** The error of a use whose name nobody has; undefined where it is known. */
  check({ directive, name, kinds, at }: NameUse): ConfigError | undefined {
    const key = name.toLowerCase();
    if (
      kinds.some((kind) => this.#declared.get(kind)?.has(key) === true || this.#brought.get(kind)?.has(key) === true)
    ) {
      return undefined;
    }
    const known = kinds.flatMap((kind) => [
      ...(this.#declared.get(kind)?.values() ?? []),
      ...[...(this.#brought.get(kind)?.keys() ?? [])].map((brought) => brought.toUpperCase()),
    ]);
    const what = `${directive} names the ${kinds.join(' or ')} "${name}"`;
    return new ConfigError(at, `${what}, which neither a plugin nor the config declares${didYouMean(name, known)}`);
  }
}
