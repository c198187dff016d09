/**
 * A directive's spelling in TypeScript configs and on `r.config`: `AuthName` → `authName`, `SSITimeFormat` →
 * `ssiTimeFormat`. Of the capitals that it begins with, all are lowered but the one that starts the next word.
 */
export function configKey(directiveName: string): string {
  return directiveName.replace(leadingCapitals, (letters) => letters.toLowerCase());
}

/** ETag is a word, although it has two capitals. */
const leadingCapitals = /^(?:[A-Z]+?(?=[A-Z][a-z]|ETag|$)|[A-Z]+)/;

/** The names of directives that have the config key `Key`. */
export type DirectiveName<Key extends string> = Capitalize<Key> | UpperFirstWord<Key>;

type UpperFirstWord<Key extends string> = Key extends `${infer Letter}${infer Rest}`
  ? Letter extends Lowercase<Letter>
    ? `${Uppercase<Letter>}${UpperFirstWord<Rest>}`
    : Key
  : '';
