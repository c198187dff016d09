/** What the person at the keyboard can put right: told in words, without a stack. */
export class Mistake extends Error {
  code = 'ERR_CREATE_SLUICE';
}

/**
 * True for a Mistake, and for what `parseArgs` says of a wrong option.
 *
 * @param {unknown} error
 * @returns {error is Error}
 */
export function isMistake(error) {
  return error instanceof Error && 'code' in error && /^ERR_(?:CREATE_SLUICE|PARSE_ARGS)/.test(String(error.code));
}
