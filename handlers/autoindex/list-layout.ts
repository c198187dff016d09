import { type Listing, escapeText, hrefOf, labelOf } from './listing.ts';

/** A plain list of links. */
export function listLayout({ entries, path }: Listing): string {
  const items = entries.map(
    (entry) => `<li><a href="${hrefOf(entry, path)}"> ${escapeText(labelOf(entry))}</a></li>\n`,
  );
  return `<ul>${items.join('')}</ul>\n`;
}
