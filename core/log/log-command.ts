/** A piped log's program. */
export interface LogCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** `|$`: the shell reads `program`. */
  readonly shell: boolean;
}

/**
 * Takes `|program argument "quoted argument"`, `||…` (the same) or `|$shell command line` apart. Throws where no program
 * is named.
 *
 * @example parseLogCommand('|rotatelogs "/var/log/my site/access" 86400');
 */
export function parseLogCommand(text: string): LogCommand {
  if (text.startsWith('|$')) return { program: named(text.slice(2).trim(), text), args: [], shell: true };
  const words = [...text.replace(/^\|{1,2}/, '').matchAll(word)].map(([found]) => unquoted(found));
  return { program: named(words[0], text), args: words.slice(1), shell: false };
}

const word = /(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^\s"'\\])+/gsu;
const quotedOrEscaped = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|\\(.)/gsu;

function unquoted(found: string): string {
  return found.replace(quotedOrEscaped, (_, double?: string, single?: string, escaped?: string) => {
    return escaped ?? (double ?? single ?? '').replace(/\\(["'\\])/g, '$1');
  });
}

function named(program: string | undefined, text: string): string {
  if (program !== undefined && program !== '') return program;
  throw new Error(`a piped log needs a program after the bar, as in "|/usr/bin/rotatelogs …"; got "${text}"`);
}
