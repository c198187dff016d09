import { escapeHtml } from '../../core/escape-html.ts';
import type { Entry } from './entries.ts';
import { escapeName } from './escape-name.ts';
import type { SortKey } from './index-directives.ts';
import type { IndexOptions } from './index-options.ts';
import type { IndexQuery } from './index-query.ts';

/** What a layout makes a page of. */
export interface Listing {
  /** The path of the folder, with a slash at its end. */
  readonly path: string;
  /** In order; the folder above, where it is listed, comes first under the name `..`. */
  readonly entries: readonly Entry[];
  readonly query: IndexQuery;
  readonly values: IndexOptions['values'];
  readonly defaultIcon: string | undefined;
  /** The picture above the column of pictures. */
  readonly blankIcon: string | undefined;
  readonly styleSheet: string | undefined;
}

/** The columns, by their keys in the query. */
export const columnTitles: Readonly<Record<SortKey, string>> = {
  N: 'Name',
  M: 'Last modified',
  S: 'Size',
  D: 'Description',
};

/** Text for elements and attributes in double quotes, escaped no further than Apache does. */
export function escapeText(text: string): string {
  return escapeHtml(text).replaceAll('&#39;', "'");
}

/** The link to an entry, ready for an attribute. */
export function hrefOf({ name }: Entry, path: string): string {
  const target = name === '..' ? path.replace(/[^/]+\/$/, '') : name;
  const escaped = escapeName(target);
  // Else `a:b` would be a URL with a scheme.
  return escapeText(/^[^/]*:/.test(escaped) ? `./${escaped}` : escaped);
}

/** The name as people read it, unescaped. */
export function labelOf({ name }: Entry): string {
  return name === '..' ? 'Parent Directory' : name;
}

/** The link that sorts by a column, and the other way round where that is how it is sorted; ready for an attribute. */
export function sortHref(column: SortKey, { order, handedOn }: IndexQuery): string {
  const descending = order.key === column && !order.descending;
  return escapeText(`?C=${column};O=${descending ? 'D' : 'A'}${handedOn}`);
}

/** A column's title, with the link that sorts by it. */
export function columnHead(column: SortKey, query: IndexQuery): string {
  if (query.flags.has('SuppressColumnSorting') || query.flags.has('IgnoreClient')) return columnTitles[column];
  return `<a href="${sortHref(column, query)}">${columnTitles[column]}</a>`;
}

/** Bytes in four characters: `1.0K`, ` 20K`, `  - ` for folders. */
export function sizeText(size: number): string {
  if (size < 0) return '  - ';
  if (size < 973) return `${String(size).padStart(3)} `;
  let rest = size;
  for (const unit of 'KMGTPE') {
    const remainder = rest % 1_024;
    rest = Math.floor(rest / 1_024);
    if (rest >= 973) continue;
    if (rest > 9 || (rest === 9 && remainder >= 973)) {
      return `${String(remainder >= 512 ? rest + 1 : rest).padStart(3)}${unit}`;
    }
    const tenths = Math.floor((remainder * 5 + 256) / 512);
    return tenths >= 10 ? `${rest + 1}.0${unit}` : `${rest}.${tenths}${unit}`;
  }
  return '****';
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2024-01-02 03:04`, or `02-Jan-2024 03:04` as it was in earlier days; in the server's time zone. */
export function dateText(milliseconds: number, isOld: boolean): string {
  const time = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const month = time.getMonth();
  const day = two(time.getDate());
  const date = isOld
    ? `${day}-${months[month]}-${time.getFullYear()}`
    : `${time.getFullYear()}-${two(month + 1)}-${day}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Of names and descriptions, where nobody says another width. */
const USUAL_WIDTH = 23;

/** The widths of the columns in characters. */
export function columnWidths({ entries, values, query: { flags } }: Listing): { name: number; description: number } {
  const { nameWidth = USUAL_WIDTH, descriptionWidth } = values;
  const saved =
    (flags.has('SuppressIcon') ? 6 : 0) +
    (flags.has('SuppressLastModified') ? 19 : 0) +
    (flags.has('SuppressSize') ? 7 : 0);
  return {
    name: nameWidth === Number.POSITIVE_INFINITY ? longestLabel(entries) : nameWidth,
    description: descriptionWidth ?? USUAL_WIDTH + saved,
  };
}

function longestLabel(entries: readonly Entry[]): number {
  return entries.reduce((longest, entry) => Math.max(longest, Array.from(labelOf(entry)).length), USUAL_WIDTH);
}

/** The linked name, cut to the width of its column, and the blanks that fill the column. */
export function nameCell(entry: Entry, path: string, width: number): string {
  const label = Array.from(labelOf(entry));
  const shown = label.length > width ? `${label.slice(0, width - 3).join('')}..>` : label.join('');
  const fill = ' '.repeat(Math.max(0, width - label.length));
  return `<a href="${hrefOf(entry, path)}">${escapeText(shown)}</a>${fill}`;
}

/** Cuts HTML to a number of characters that are seen; tags and entities are kept whole. */
export function cutDescription(html: string, width: number): string {
  let left = width;
  let end = 0;
  for (const [piece] of html.matchAll(/<[^>]*>?|&[^;]*;?|./gsu)) {
    const isTag = piece.startsWith('<');
    if (!isTag && left === 0) return `${html.slice(0, end).replace(/(?:&[^;]*;|.)$/su, '')}>`;
    if (!isTag) left--;
    end += piece.length;
  }
  return html;
}

/** The picture of an entry; empty where it has none. */
export function pictureOf({ icon, alt }: Entry, { defaultIcon, values, query }: Listing): string {
  const source = icon ?? defaultIcon;
  if (source === undefined) return '';
  return image(source, `[${alt ?? '   '}]`, values, query);
}

export function image(source: string, alt: string, values: Listing['values'], { flags }: IndexQuery): string {
  const { iconWidth, iconHeight } = values;
  const width = iconWidth === undefined ? '' : ` width="${iconWidth}"`;
  const height = iconHeight === undefined ? '' : ` height="${iconHeight}"`;
  return `<img src="${escapeText(source)}" alt="${escapeText(alt)}"${width}${height}${flags.has('XHTML') ? ' /' : ''}>`;
}
