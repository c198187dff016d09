/** What the person at the keyboard can put right: told in words, without a stack. */
export class Mistake extends Error {
  code = 'ERR_CREATE_SLUICE';
}

/**
 * True for a Mistake, for what `parseArgs` says of a wrong option, and for a folder that can't be written.
 *
 * @param {unknown} error
 * @returns {error is Error}
 */
export function isMistake(error) {
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || ('code' in error && /^ERR_(?:CREATE_SLUICE|PARSE_ARGS)/.test(String(error.code)));
}
