/** The forms of a reply in RESP2. */
export const ok = '+OK\r\n';
export const nil = '$-1\r\n';

export function integer(value: number): string {
  return `:${value}\r\n`;
}

export function bulk(value: string | undefined): string {
  return value === undefined ? nil : `$${value.length}\r\n${value}\r\n`;
}

export function array(replies: readonly string[]): string {
  return `*${replies.length}\r\n${replies.join('')}`;
}

/** Line ends would begin another reply. */
export function error(message: string, kind = 'ERR'): string {
  return `-${kind} ${message.replaceAll(/[\r\n]/g, ' ')}\r\n`;
}
