import type { Entry } from './entries.ts';
import { type Documentation, type PublicExport, type PublicMember, publicSurface } from './public-surface.ts';

/** The pages of the API reference by their file name, made of the declaration files in a folder. */
export function apiPages(declarations: string): Map<string, string> {
  const surfaces = publicSurface(declarations);
  const pages = surfaces.map((entry): [string, string] => [fileName(entry), page(entry)]);
  return new Map([['README.md', overview(surfaces)], ...pages]);
}

/** The public surface as text, a line for everything that can be imported and for every member of it. */
export function surfaceText(declarations: string): string {
  const lines = publicSurface(declarations).flatMap(({ name, exports }) =>
    exports.flatMap((each) => [
      ...each.signatures.map((signature) => `${name}: ${signature}`),
      ...each.members.map((member) => `${name}: ${each.name}: ${member.signature}`),
    ]),
  );
  return `${lines.join('\n')}\n`;
}

const madeBy = 'Made from the docstrings by `npm run docs`.';

function fileName({ name }: Entry): string {
  return `${name.replace('/', '-')}.md`;
}

type DescribedEntry = Entry & { readonly exports: readonly PublicExport[] };

function overview(surfaces: readonly DescribedEntry[]): string {
  const parts = surfaces.map((entry) => {
    const rows = entry.exports.map(
      ({ name, doc }) => `| [\`${name}\`](${fileName(entry)}#${name.toLowerCase()}) | ${firstSentence(doc.text)} |`,
    );
    return [`## ${entry.name}`, entry.purpose, ['| export | |', '| --- | --- |', ...rows].join('\n')].join('\n\n');
  });
  return `${['# API reference', `${madeBy} Directives have [a page of their own](../directives.md).`, ...parts].join('\n\n')}\n`;
}

function page(entry: DescribedEntry): string {
  const names = entry.exports.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(' ·\n');
  return `${[`# ${entry.name}`, `${entry.purpose} ${madeBy}`, names, ...entry.exports.map(section)].join('\n\n')}\n`;
}

function section({ name, doc, signatures, members }: PublicExport): string {
  return [
    `## ${name}`,
    code(signatures.map(wrapped).join('\n')),
    ...paragraphs(doc),
    ...(members.length === 0 ? [] : [members.map(memberItem).join('\n')]),
  ].join('\n\n');
}

function paragraphs({ text, example }: Documentation): string[] {
  return [...(text === '' ? [] : [text]), ...(example === undefined ? [] : [code(example)])];
}

function memberItem({ signature, doc }: PublicMember): string {
  const item = `- \`${signature}\`${doc.text === '' ? '' : `  \n  ${doc.text}`}`;
  if (doc.example === undefined) return item;
  return `${item}\n\n${code(doc.example).replace(/^/gm, '  ')}`;
}

/** A long signature, broken where its parameters or members begin. */
function wrapped(signature: string): string {
  return signature.length <= 110 ? signature : signature.replace(/ \| /g, '\n  | ').replace(/; (?=[\w"'[])/g, ';\n  ');
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function firstSentence(text: string): string {
  const sentence = /^.*?[.:;](?=\s|$)/.exec(text)?.[0] ?? text;
  return sentence.replace(/[:;]$/, '.').replaceAll('|', '\\|');
}
