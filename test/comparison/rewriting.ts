import type { ComparisonCase } from './comparison-case.ts';

const rootFiles = {
  'htdocs/a.txt': 'a\n',
  'htdocs/b.txt': 'b\n',
  'htdocs/index.html': 'home\n',
  'htdocs/sub/c.txt': 'c\n',
  'htdocs/sub/index.html': 'sub\n',
  'htdocs/%41.txt': 'percent\n',
  'htdocs/q?x.txt': 'question\n',
  'htdocs/x y.txt': 'blank\n',
  'other/o.txt': 'other\n',
};

/** A case with rules at server level. */
export function rules(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  const lines = `RewriteEngine On\n${config}`;
  return { name, plugin: 'rewrite', modules: ['rewrite'], files: rootFiles, config: lines, requests };
}

const folderFiles = {
  'htdocs/a.txt': 'a\n',
  'htdocs/b.txt': 'b\n',
  'htdocs/index.html': 'home\n',
  'htdocs/d/a.txt': 'd a\n',
  'htdocs/d/b.txt': 'd b\n',
  'htdocs/d/index.html': 'd home\n',
  'htdocs/d/%41.txt': 'percent\n',
  'htdocs/d/A.txt': 'capital\n',
  'htdocs/d/x y.txt': 'blank\n',
  'htdocs/d/e/a.txt': 'd e a\n',
  'htdocs/d/e/b.txt': 'd e b\n',
  'other/o.txt': 'other\n',
  'other/p.txt': 'other p\n',
};

/** The lines of the `.htaccess` files, and of the config. */
interface Folder {
  readonly d?: string;
  readonly e?: string;
  readonly top?: string;
  readonly other?: string;
  readonly config?: string;
}

/** A case with rules in `.htaccess` files. */
export function folder(
  name: string,
  { d, e, top, other, config = '' }: Folder,
  requests: ComparisonCase['requests'],
): ComparisonCase {
  const written = Object.entries({ 'htdocs/d': d, 'htdocs/d/e': e, htdocs: top, other }).filter(
    ([, text]) => text !== undefined,
  );
  const htaccess = Object.fromEntries(
    written.map(([path, text]) => [`${path}/.htaccess`, `RewriteEngine On\n${text}\n`]),
  );
  return { name, plugin: 'rewrite', modules: ['rewrite'], config, files: { ...folderFiles, ...htaccess }, requests };
}
