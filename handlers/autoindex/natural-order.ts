/**
 * Compares names as people count: `file-9` before `file-10`. A run of digits that begins with a zero is compared digit by
 * digit, as the part behind a decimal point; blanks don't count. Negative where `a` comes first.
 */
export function compareNaturally(a: string, b: string): number {
  let atA = 0;
  let atB = 0;
  for (;;) {
    while (isBlank(a[atA])) atA++;
    while (isBlank(b[atB])) atB++;
    const one = a[atA];
    const other = b[atB];
    if (isDigit(one) && isDigit(other)) {
      const compared = compareNumbers(digitsAt(a, atA), digitsAt(b, atB));
      if (compared !== 0) return compared;
    }
    if (one === undefined || other === undefined) return Number(other === undefined) - Number(one === undefined);
    if (one !== other) return one < other ? -1 : 1;
    atA++;
    atB++;
  }
}

function compareNumbers(a: string, b: string): number {
  const isFraction = a.startsWith('0') || b.startsWith('0');
  if (!isFraction && a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}

function digitsAt(text: string, at: number): string {
  return /^\d*/.exec(text.slice(at))![0];
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || (character !== undefined && character >= '\t' && character <= '\r');
}
