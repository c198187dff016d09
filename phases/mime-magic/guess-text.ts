/**
 * What is left where no line of magic fits: HTML by its first tags, troff by its requests, and other text; undefined for bytes
 * that no text has.
 */
export function guessText(bytes: Buffer): string | undefined {
  if (bytes.some((byte) => byte < 0x20 && !textControls.has(byte))) return undefined;
  const begin = bytes.toString('latin1', 0, 128);
  if (/^\.\s*[a-z0-9]{2}/i.test(begin)) return 'application/x-troff';
  return /^\s*<(?:html|head|title|h1|!--|!doctype html)/i.test(begin) ? 'text/html' : 'text/plain';
}

/** Backspace, tabulator, the line ends, form feed and escape. */
const textControls: ReadonlySet<number> = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
