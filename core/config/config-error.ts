import { isNativeError } from 'node:util/types';

import type { Position } from './tree.ts';

/**
 * A mistake in a config file: `file:line: what was expected, what was given, what to do`.
 *
 * @example
 * await app.ready().catch((error: unknown) => console.error((error as ConfigError).message)); // httpd.conf:3: …
 */
export class ConfigError extends Error implements Position {
  /** By which it is recognised. */
  readonly code = 'ERR_SLUICE_CONFIG';
  /** The config file. */
  readonly file: string;
  /** 1 for the first line; 0 where it isn't known. */
  readonly line: number;
  /** The message without its position. */
  readonly reason: string;
  /** Where it stands for several: each by itself. */
  mistakes: readonly ConfigError[] = [this];

  constructor(at: Position, reason: string, options?: ErrorOptions) {
    const told = printable(reason);
    super(`${formatPosition(at)}: ${told}`, options);
    this.name = 'ConfigError';
    this.file = at.file;
    this.line = at.line;
    this.reason = told;
  }
}

/** A file with more mistakes is none that somebody wrote as a config. */
const MOST_MISTAKES = 50;

/** One error for all mistakes of a file: placed at the first one, with a line of its message for each. */
export function joinErrors(first: ConfigError, others: readonly ConfigError[]): ConfigError {
  if (others.length === 0) return first;
  const reasons = [first.reason, ...others.slice(0, MOST_MISTAKES - 1).map(({ message }) => message)];
  const left = others.length + 1 - reasons.length;
  if (left > 0) reasons.push(`and ${left} more mistakes`);
  const joined = new ConfigError(first, reasons.join('\n'), { cause: first });
  joined.mistakes = [first, ...others];
  return joined;
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

/** Messages quote what is in the file, which may be of any length and have characters that a terminal obeys. */
function printable(reason: string): string {
  return reason
    .replace(/[^\P{Cc}\n\t]/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/[^\n]{1000,}/g, (line) => `${line.slice(0, 500)} … ${line.slice(-400)}`);
}
