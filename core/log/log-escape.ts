const unsafeInAccessLog = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;
const unsafeInErrorLog = /[^\x20-\x5b\x5d-\x7e]/;

const named = new Map([
  ['\b', '\\b'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

/** Every byte's form in a log line, for the error log; the access log escapes the quote too. */
const forms = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  const hex = `\\x${byte.toString(16).padStart(2, '0')}`;
  return named.get(character) ?? (unsafeInErrorLog.test(character) ? hex : character);
});

/**
 * Text from outside as Apache writes it to an access log: quotes, backslashes, control characters and bytes above ASCII
 * are escaped, so that nobody can forge a line or reach the terminal of the person who reads it. Header values, as Node
 * gives them, are `latin1`.
 */
export function escapeLogItem(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  return unsafeInAccessLog.test(text) ? escape(text, encoding).replaceAll('"', '\\"') : text;
}

/** The same for the error log, where quotes stay as they are. */
export function escapeErrorLogItem(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  return unsafeInErrorLog.test(text) ? escape(text, encoding) : text;
}

function escape(text: string, encoding: 'utf8' | 'latin1'): string {
  let escaped = '';
  for (const byte of Buffer.from(text, encoding)) escaped += forms[byte];
  return escaped;
}
