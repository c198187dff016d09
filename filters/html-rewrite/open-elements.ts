/** Elements without content (HTML, §13.1.2). */
export const voidElements: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
);

const blocks = new Set(
  (
    'address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr main menu nav ol p pre search section table ul'
  ).split(' '),
);
const row = new Set(['tr', 'tbody', 'tfoot', 'thead']);
const cell = new Set(['td', 'th', ...row]);
const group = new Set(['tbody', 'tfoot', 'thead']);
const description = new Set(['dt', 'dd']);

/** Elements whose end tag may be left out, and the start tags that end them then (HTML, §13.1.2.4). */
const endedBy: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['p', blocks],
  ['li', new Set(['li'])],
  ['dt', description],
  ['dd', description],
  ['option', new Set(['option', 'optgroup'])],
  ['optgroup', new Set(['optgroup'])],
  ['tr', row],
  ['td', cell],
  ['th', cell],
  ['tbody', group],
  ['thead', group],
  ['tfoot', group],
  ['head', new Set(['body'])],
]);

/** More elements inside each other than any browser takes. */
const DEEPEST = 512;

/** The elements that are open, the outermost first. */
export class OpenElements<Item extends { readonly tagName: string }> {
  readonly list: Item[] = [];

  /** Throws an Error for a page that is nested too deeply. */
  open(element: Item): void {
    if (this.list.length >= DEEPEST) throw new Error(`the page has more than ${DEEPEST} elements inside each other`);
    this.list.push(element);
  }

  /** The elements that a start tag ends, the innermost first. */
  *endedByStartOf(tagName: string): Generator<Item> {
    for (let last = this.list.at(-1); last !== undefined; last = this.list.at(-1)) {
      if (endedBy.get(last.tagName)?.has(tagName) !== true) return;
      this.list.pop();
      yield last;
    }
  }

  /** The elements that an end tag ends, the innermost first: its own last, and none where that isn't open. */
  endedByEndOf(tagName: string): readonly Item[] {
    const at = this.list.findLastIndex((element) => element.tagName === tagName);
    return at < 0 ? [] : this.list.splice(at).toReversed();
  }

  /** What is still open at the end of the page. */
  rest(): readonly Item[] {
    return this.list.splice(0).toReversed();
  }
}
