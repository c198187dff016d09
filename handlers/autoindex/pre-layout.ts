import type { Entry } from './entries.ts';
import {
  type Listing,
  columnHead,
  columnWidths,
  cutDescription,
  dateText,
  hrefOf,
  image,
  nameCell,
  pictureOf,
  sizeText,
} from './listing.ts';

/** FancyIndexing: columns in preformatted text. */
export function preLayout(listing: Listing): string {
  const { flags } = listing.query;
  const rule = flags.has('SuppressRules') ? undefined : flags.has('XHTML') ? '<hr />' : '<hr>';
  const widths = columnWidths(listing);
  const lines = listing.entries.map((entry) => `${preLine(entry, listing, widths)}\n`);
  return `<pre>${preHead(listing, widths.name)}${rule ?? '\n'}${lines.join('')}${rule ?? ''}</pre>\n`;
}

function preHead({ query, values, blankIcon }: Listing, nameWidth: number): string {
  const { flags } = query;
  let line = '';
  if (!flags.has('SuppressIcon')) {
    line += blankIcon === undefined ? ' '.repeat(6) : `${image(blankIcon, 'Icon ', values, query)} `;
  }
  line += `${columnHead('N', query)}${' '.repeat(Math.max(0, nameWidth - 4))} `;
  if (!flags.has('SuppressLastModified')) line += `${columnHead('M', query)}      `;
  if (!flags.has('SuppressSize')) line += `${columnHead('S', query)}  `;
  if (!flags.has('SuppressDescription')) line += columnHead('D', query);
  return line;
}

function preLine(entry: Entry, listing: Listing, widths: { name: number; description: number }): string {
  const { flags } = listing.query;
  let line = '';
  if (!flags.has('SuppressIcon')) {
    const picture = pictureOf(entry, listing) || ' '.repeat(5);
    line += flags.has('IconsAreLinks') ? `<a href="${hrefOf(entry, listing.path)}">${picture}</a> ` : `${picture} `;
  }
  line += `${nameCell(entry, listing.path, widths.name)} `;
  if (!flags.has('SuppressLastModified')) {
    line += Number.isNaN(entry.modified)
      ? ' '.repeat(19)
      : `${dateText(entry.modified, flags.has('UseOldDateFormat'))}  `;
  }
  if (!flags.has('SuppressSize')) line += `${sizeText(entry.size)}  `;
  if (!flags.has('SuppressDescription') && entry.description !== undefined) {
    line += cutDescription(entry.description, widths.description);
  }
  return line;
}
