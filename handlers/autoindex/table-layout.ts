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

interface Column {
  /** The class that style sheets for Apache's listings know. */
  readonly className: string;
  /** Attributes of the cells where there is no style sheet. */
  readonly attributes: string;
  readonly head: string;
  readonly cell: (entry: Entry) => string | undefined;
}

/** HTMLTable: the columns in a table; with a style sheet, with the classes that Apache gives them. */
export function tableLayout(listing: Listing): string {
  const { flags } = listing.query;
  const hasStyle = listing.styleSheet !== undefined;
  const columns = columnsOf(listing);
  const heads = columns.map(({ className, head }, at) => {
    const attribute = hasStyle
      ? ` class="${className}"`
      : at === 0 && !flags.has('SuppressIcon')
        ? ' valign="top"'
        : '';
    return `<th${attribute}>${head}</th>`;
  });
  const rule = flags.has('SuppressRules')
    ? ''
    : `   <tr${hasStyle ? ' class="indexbreakrow"' : ''}><th colspan="${columns.length}"><hr${flags.has('XHTML') ? ' /' : ''}></th></tr>\n`;
  const rows = listing.entries.map((entry, at) => {
    const open = hasStyle ? `   <tr class="${rowClass(entry, at, flags.has('AddAltClass'))}">` : '<tr>';
    return `${open}${columns.map((column) => cellOf(column, entry, hasStyle)).join('')}</tr>\n`;
  });
  return (
    `  <table${hasStyle ? ' id="indexlist"' : ''}>\n` +
    `   <tr${hasStyle ? ' class="indexhead"' : ''}>${heads.join('')}</tr>\n` +
    `${rule}${rows.join('')}${rule}</table>\n`
  );
}

function columnsOf(listing: Listing): Column[] {
  const { blankIcon, path, query, values } = listing;
  const { flags } = query;
  const widths = columnWidths(listing);
  const columns: Column[] = [];
  if (!flags.has('SuppressIcon')) {
    columns.push({
      className: 'indexcolicon',
      attributes: ' valign="top"',
      head: blankIcon === undefined ? '&nbsp;' : image(blankIcon, '[ICO]', values, query),
      cell: (entry) => {
        const picture = pictureOf(entry, listing) || '&nbsp;';
        return flags.has('IconsAreLinks') ? `<a href="${hrefOf(entry, path)}">${picture}</a>` : picture;
      },
    });
  }
  columns.push({
    className: 'indexcolname',
    attributes: '',
    head: columnHead('N', query),
    // Only a width that was given is kept by blanks.
    cell: (entry) =>
      nameCell(entry, path, widths.name).replace(values.nameWidth === Number.POSITIVE_INFINITY ? / +$/ : '', ''),
  });
  if (!flags.has('SuppressLastModified')) {
    columns.push({
      className: 'indexcollastmod',
      attributes: ' align="right"',
      head: columnHead('M', query),
      cell: ({ modified }) =>
        Number.isNaN(modified) ? undefined : `${dateText(modified, flags.has('UseOldDateFormat'))}  `,
    });
  }
  if (!flags.has('SuppressSize')) {
    columns.push({
      className: 'indexcolsize',
      attributes: ' align="right"',
      head: columnHead('S', query),
      cell: ({ size }) => sizeText(size),
    });
  }
  if (!flags.has('SuppressDescription')) {
    columns.push({
      className: 'indexcoldesc',
      attributes: '',
      head: columnHead('D', query),
      cell: ({ description }) =>
        description === undefined ? undefined : cutDescription(description, widths.description),
    });
  }
  return columns;
}

function cellOf({ className, attributes, cell }: Column, entry: Entry, hasStyle: boolean): string {
  const content = cell(entry);
  const own = hasStyle ? ` class="${className}"` : content === undefined ? '' : attributes;
  return `<td${own}>${content ?? '&nbsp;'}</td>`;
}

function rowClass({ alt }: Entry, at: number, addsAlt: boolean): string {
  const parity = at % 2 === 0 ? 'even' : 'odd';
  return addsAlt && alt !== undefined ? `${parity}-${alt.toLowerCase().replace(/[^\w-]/g, '')}` : parity;
}
