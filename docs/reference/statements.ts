/** One statement of a declaration file, or one member of a class or interface. */
export interface Statement {
  /** The comment in front of it, without its marks. */
  readonly doc: string;
  /** On one line, without `export`, `declare` and the semicolon. */
  readonly text: string;
  /** Between the outermost braces, as it is in the file; undefined where there are none. */
  readonly body: string | undefined;
}

const openers = '{([';
const closers = '})]';

/**
 * Splits what `tsc` writes into a declaration file, or what stands between the braces of one of its declarations, into
 * statements. It knows as much of TypeScript as those files need: comments, texts, brackets and semicolons.
 */
export function readStatements(source: string): Statement[] {
  const statements: Statement[] = [];
  let doc = '';
  for (let at = 0; at < source.length;) {
    if (/\s/.test(source[at]!)) {
      at++;
      continue;
    }
    const afterComment = skipComment(source, at);
    if (afterComment > at) {
      if (source.startsWith('/**', at)) doc = plainDoc(source.slice(at, afterComment));
      at = afterComment;
      continue;
    }
    const end = endOfStatement(source, at);
    statements.push(toStatement(doc, source.slice(at, end)));
    doc = '';
    at = end;
  }
  return statements;
}

/** Behind the semicolon, or behind the brace that closes a declaration with a body. */
function endOfStatement(source: string, start: number): number {
  const hasBody = /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:class|interface|namespace|module)\b/.test(
    source.slice(start, start + 60),
  );
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    at = skipComment(source, skipText(source, at));
    const char = source[at]!;
    if (openers.includes(char)) depth++;
    if (closers.includes(char) && --depth === 0 && hasBody && char === '}') return at + 1;
    if (char === ';' && depth === 0) return at + 1;
  }
  return source.length;
}

function skipComment(source: string, at: number): number {
  if (source.startsWith('/*', at)) return source.indexOf('*/', at) + 2;
  return source.startsWith('//', at) ? source.indexOf('\n', at) : at;
}

/** Where a quotation begins at `at`, the place of its end. */
function skipText(source: string, at: number): number {
  const quote = source[at]!;
  if (!`'"\``.includes(quote)) return at;
  let end = at + 1;
  while (source[end] !== quote) end += source[end] === '\\' ? 2 : 1;
  return end;
}

function toStatement(doc: string, source: string): Statement {
  const open = source.indexOf('{');
  const body = open < 0 ? undefined : source.slice(open + 1, source.lastIndexOf('}'));
  return { doc, text: oneLine(source), body };
}

function oneLine(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/import\("[^"]*"\)\./g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('; }', ' }')
    .replace(/^(?:export |declare |abstract )*/, '')
    .replace(/;$/, '')
    .trim();
}

function plainDoc(comment: string): string {
  return comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .replaceAll('*\\/', '*/')
    .trim();
}
