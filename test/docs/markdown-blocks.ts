/** A block of code on a page. */
export interface CodeBlock {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The file that its first line names: `// shout.ts`, `# httpd.conf`. */
  readonly file: string | undefined;
  /** Why it isn't a whole file, as its first line says: `// a fragment: …`. */
  readonly fragment: string | undefined;
}

/** A command of a `sh` block, and what the page says that it prints. */
export interface ShellCommand {
  readonly command: string;
  readonly output: string;
}

/** All blocks of a page of Markdown, those that are indented included. */
export function codeBlocks(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const fenced = /^(?<indent> *)```(?<language>\w*)\n(?<text>[\s\S]*?)^\k<indent>```$/gm;
  for (const { groups, index } of page.matchAll(fenced)) {
    const { indent = '', language = '', text: indented = '' } = groups!;
    const text = indented.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    const [first = ''] = text.split('\n', 1);
    blocks.push({
      line: page.slice(0, index).split('\n').length,
      language,
      text,
      file: /^(?:\/\/|#|<!--) (?<file>[\w./-]+\.\w+)(?: -->)?$/.exec(first)?.groups!['file'],
      fragment: /^(?:\/\/|#) a fragment: (?<reason>.{10,})$/.exec(first)?.groups!['reason'],
    });
  }
  return blocks;
}

/** The lines with `$ ` in front, each with the lines up to the next one. */
export function shellCommands(text: string): ShellCommand[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n').trim() };
    });
}

/** Whether a command printed what the page says; a line `…` there stands for any lines. */
export function matchesOutput(actual: string, expected: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line.trim() === '…' ? '[\\s\\S]*?' : line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')))
    .join('\n');
  return new RegExp(`^${pattern}$`).test(actual.replaceAll('\r', '').trim());
}
