/** As Apache's ap_escape_uri: what a path may hold stays. */
export function escapeUri(text: string): string {
  return text.replace(/[^A-Za-z0-9$\-_.+!*'(),:;@&=/~]/gu, percentEncode);
}

/** The flags B, BCTLS, BNE and BNP. */
export interface ReferenceEscaping {
  /** The only characters to escape; all but letters, digits and the underscore where undefined. */
  readonly only: string | undefined;
  /** Control characters and spaces, and nothing else but those of `only`. */
  readonly controls: boolean;
  /** Characters to leave. */
  readonly except: string;
  /** A space becomes `%20` instead of a plus sign. */
  readonly noPlus: boolean;
}

/** The function that makes a back reference fit for a query. */
export function referenceEscaper({ only, controls, except, noPlus }: ReferenceEscaping): (text: string) => string {
  const isEscaped = (character: string): boolean => {
    if (except.includes(character)) return false;
    if (only?.includes(character) === true) return true;
    if (controls) return character <= ' ' || character === '\x7f';
    return only === undefined && !/\w/.test(character);
  };
  return (text) =>
    text.replace(/[^A-Za-z0-9_]/gu, (character) => {
      if (!isEscaped(character)) return character;
      return character === ' ' && !noPlus ? '+' : percentEncode(character);
    });
}

function percentEncode(character: string): string {
  return Buffer.from(character).toString('hex').replace(/../g, '%$&');
}
