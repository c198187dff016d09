/** A media type with its parameters (RFC 9110 §8.3.1). */
export interface ContentType {
  /** In lower case: `text/html`. */
  readonly type: string;
  /** By name in lower case; the first of several counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads a Content-Type; undefined where it has no type. Bad parameters are skipped, as browsers do.
 *
 * @example parseContentType('text/html; charset=utf-8')?.parameters.get('charset');
 */
export function parseContentType(value: string): ContentType | undefined {
  const semicolon = value.indexOf(';');
  const type = (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase();
  if (!typePattern.test(type)) return undefined;
  const parameters = new Map<string, string>();
  if (semicolon >= 0) {
    for (const [, name = '', text = ''] of value.slice(semicolon).matchAll(parameterPattern)) {
      const key = name.toLowerCase();
      if (!parameters.has(key)) parameters.set(key, unquote(text));
    }
  }
  return { type, parameters };
}

const typePattern = /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+$/;
// An unquoted value may hold more than a token: some clients send boundaries with slashes and colons.
const parameterPattern = /;[ \t]*([!#$%&'*+.^_`|~\w-]+)=("(?:[^"\\]|\\.)*"|[^;]*)/g;

function unquote(text: string): string {
  return text.startsWith('"') && text.length > 1 ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text.trim();
}
