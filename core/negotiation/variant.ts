/** One of the forms in which a resource can be had; an empty text, or no language, where nothing is said. */
export interface Variant {
  /** What the list of alternatives calls it: a URL relative to the resource. */
  readonly name: string;
  /** In lower case, without parameters. */
  readonly type: string;
  /** How good a form it is, 0 to 1. */
  readonly sourceQuality: number;
  readonly level: number;
  readonly charset: string;
  readonly languages: readonly string[];
  readonly encoding: string;
  /** In bytes; -1 where unknown. */
  readonly length: number;
  readonly description: string;
}

/** What the type of scripts is compared as; a client that sends something prefers them. */
export const scriptType = 'application/x-httpd-cgi';

/** Encodings that change nothing. */
export function isIdentity(encoding: string): boolean {
  return (
    encoding === '' || encoding === 'identity' || encoding === '7bit' || encoding === '8bit' || encoding === 'binary'
  );
}
