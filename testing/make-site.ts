import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by their path in the site. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array>>;

/** A folder that only the test knows. */
export interface Site {
  /** Its real path. */
  readonly folder: string;
  /** The absolute path of a file or folder inside. */
  path(name: string): string;
  /** Adds files, or replaces them. */
  write(files: SiteFiles): void;
  /** The text of a file, such as a log. */
  read(name: string): string;
  /** Removes everything: to be called in an after hook. What is left goes when the process ends, but not under jest. */
  remove(): void;
}

/**
 * Makes a temporary folder with the given files: a document root, a config in either spelling, handlers, `.htaccess`.
 *
 * @example
 * const site = makeSite({ 'httpd.conf': 'DocumentRoot ./htdocs', 'htdocs/hello.txt': 'Hello World!' });
 * await request(testApp(site.path('httpd.conf'))).get('/hello.txt').expect(200, 'Hello World!');
 */
export function makeSite(files: SiteFiles = {}): Site {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-site-')));
  const path = (name: string): string => join(folder, name);
  const write = (more: SiteFiles): void => {
    for (const [name, content] of Object.entries(more)) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
    }
  };
  const remove = (): void => removeFolder(folder);
  write(files);
  if (folders.size === 0) process.once('exit', removeAll);
  folders.add(folder);
  return { folder, path, write, read: (name) => readFileSync(path(name), 'utf8'), remove };
}

const folders = new Set<string>();

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function removeAll(): void {
  folders.forEach(removeFolder);
}
