/** Those of HTML 2, which are in the order of Latin-1 from 192 on; × and ÷ had no names. */
const latin =
  `Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde
Ograve Oacute Ocirc Otilde Ouml - Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring
aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml - oslash ugrave
uacute ucirc uuml yacute thorn yuml`.split(/\s+/);

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ...latin.map((name, at): [string, string] => [name, String.fromCharCode(192 + at)]),
]);

/** Replaces the entities that Apache knows; numbers outside Latin-1 and of control characters leave nothing behind. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(?<number>[^;]*)|(?<name>[^;]*));/g, (whole, number?: string, name?: string) => {
    if (name !== undefined) return named.get(name) ?? whole;
    const code = /^\d+$/.test(number!) ? Number(number) : 0;
    return (code >= 9 && code <= 10) || (code >= 32 && code <= 126) || (code >= 161 && code <= 255)
      ? String.fromCharCode(code)
      : '';
  });
}
