import { escapeHtml } from '../../core/escape-html.ts';
import type { Entry } from './entries.ts';
import { iconFor, iconSheet } from './icons.ts';
import type { SortKey } from './index-directives.ts';
import { type Listing, columnTitles, dateText, hrefOf, labelOf, pictureOf, sizeText, sortHref } from './listing.ts';

/** The usual form: a table for browsers of today, with pictures of its own and links that sort it. */
export function browserLayout(listing: Listing): string {
  const { entries, query } = listing;
  const hasDescriptions = entries.some(({ description }) => description !== undefined);
  const columns: readonly SortKey[] = hasDescriptions ? ['N', 'M', 'S', 'D'] : ['N', 'M', 'S'];
  const heads = columns.map((column) => columnHeading(column, listing));
  const rows = entries.map((entry) => row(entry, listing, hasDescriptions));
  const isEmpty = entries.every(({ name }) => name === '..');
  const note = query.pattern === undefined ? 'This folder is empty.' : 'No name in this folder matches the pattern.';
  return `${iconSheet}
<table>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${isEmpty ? `<p>${note}</p>\n` : ''}`;
}

/** The path of the folder, each step of it a link. */
export function browserHeading(path: string): string {
  const steps = path.split('/').slice(1, -1);
  const links = steps.map((step, at) => {
    const href = `/${steps
      .slice(0, at + 1)
      .map(encodeURIComponent)
      .join('/')}/`;
    const isHere = at === steps.length - 1;
    return `<a href="${escapeHtml(href)}"${isHere ? ' aria-current="page"' : ''}>${escapeHtml(step)}</a>/`;
  });
  return `<h1><span>Index of</span> <a href="/">/</a>${links.join('<wbr>')}</h1>\n`;
}

function columnHeading(column: SortKey, { query }: Listing): string {
  const { order, flags } = query;
  const sorted = order.key === column ? ` aria-sort="${order.descending ? 'descending' : 'ascending'}"` : '';
  const title = columnTitles[column];
  const text = flags.has('IgnoreClient') ? title : `<a href="${sortHref(column, query)}">${title}</a>`;
  return `<th scope="col" class="${classes[column]}"${sorted}>${text}</th>`;
}

function row(entry: Entry, listing: Listing, hasDescriptions: boolean): string {
  const href = hrefOf(entry, listing.path);
  const picture = entry.icon === undefined ? iconFor(entry) : pictureOf(entry, listing);
  const cells = [
    `<th scope="row" class="${classes.N}"><a href="${href}">${picture}<span>${escapeHtml(labelOf(entry))}</span></a></th>`,
    `<td class="${classes.M}">${timeOf(entry)}</td>`,
    `<td class="${classes.S}">${entry.size < 0 ? '' : sizeText(entry.size).trim()}</td>`,
  ];
  if (hasDescriptions) cells.push(`<td class="${classes.D}">${entry.description ?? ''}</td>`);
  return `<tr>${cells.join('')}</tr>`;
}

const classes: Readonly<Record<SortKey, string>> = { N: 'name', M: 'time', S: 'size', D: 'about' };

function timeOf({ modified }: Entry): string {
  if (Number.isNaN(modified)) return '';
  return `<time datetime="${new Date(modified).toISOString()}">${dateText(modified, false)}</time>`;
}
