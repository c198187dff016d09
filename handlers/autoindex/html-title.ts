import { open } from 'node:fs/promises';

/** Titles are looked for in the first bytes of a file only. */
const HEAD_LENGTH = 4_096;

/** The title of an HTML file, its white space made single blanks; undefined where it has none near its beginning. */
export async function htmlTitle(path: string): Promise<string | undefined> {
  const head = await readHead(path);
  const title = /<title(?:\s[^>]*)?>([^<]*)<\/title/i.exec(head)?.[1];
  return title?.trim().replace(/\s+/g, ' ');
}

/** What can't be read has no title. */
async function readHead(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_LENGTH), 0, HEAD_LENGTH, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}
