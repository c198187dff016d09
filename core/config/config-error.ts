import { isNativeError } from 'node:util/types';

import type { Position } from './tree.ts';

/** A mistake in a config file: `file:line: what was expected, what was given, what to do`. */
export class ConfigError extends Error implements Position {
  readonly code = 'ERR_SLUICE_CONFIG';
  readonly file: string;
  readonly line: number;
  /** The message without its position. */
  readonly reason: string;

  constructor(at: Position, reason: string, options?: ErrorOptions) {
    super(`${formatPosition(at)}: ${reason}`, options);
    this.name = 'ConfigError';
    this.file = at.file;
    this.line = at.line;
    this.reason = reason;
  }
}

/** One error for all mistakes of a file: placed at the first one, with a line of its message for each. */
export function joinErrors(first: ConfigError, others: readonly ConfigError[]): ConfigError {
  if (others.length === 0) return first;
  const reasons = [first.reason, ...others.map(({ message }) => message)];
  return new ConfigError(first, reasons.join('\n'), { cause: first });
}

/** Recognised by its code, which survives copies of the package and jest's realms. */
export function isConfigError(thrown: unknown): thrown is ConfigError {
  return typeof thrown === 'object' && thrown !== null && (thrown as { code?: unknown }).code === 'ERR_SLUICE_CONFIG';
}

/** `thrown` as a ConfigError: itself, or its message with the position in front. */
export function configErrorAt(at: Position, thrown: unknown): ConfigError {
  if (isConfigError(thrown)) return thrown;
  const message = isNativeError(thrown) ? thrown.message : String(thrown);
  return new ConfigError(at, message, { cause: thrown });
}

/** `file:line`, or the file alone where the line isn't known; for a macro's line also where the macro was used. */
export function formatPosition(at: Position): string {
  const place = at.line > 0 ? `${at.file}:${at.line}` : at.file;
  return at.usedBy === undefined ? place : `${place} (${at.usedBy})`;
}
