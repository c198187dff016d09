import type { RequestRecord } from '../../core/request-record.ts';
import { findAmble } from './amble.ts';
import { browserHeading, browserLayout } from './browser-layout.ts';
import { listLayout } from './list-layout.ts';
import { type Listing, escapeText } from './listing.ts';
import { preLayout } from './pre-layout.ts';
import { browserStyle, classicStyle } from './style.ts';
import { tableLayout } from './table-layout.ts';

/** Writes the page of a listing, between the files that HeaderName and ReadmeName name. */
export async function writePage(r: RequestRecord, listing: Listing, isClassic: boolean): Promise<void> {
  const { flags } = listing.query;
  const title = `Index of ${listing.path === '/' ? '/' : listing.path.slice(0, -1)}`;
  const header = await findAmble(r, r.config.headerName);
  const readme = await findAmble(r, r.config.readmeName);
  // What is HTML may bring the page's beginning and end along.
  const hasOwnHead = header?.isHtml === true && flags.has('SuppressHTMLPreamble');
  const hasOwnEnd = readme?.isHtml === true && flags.has('SuppressHTMLPreamble');
  const start = hasOwnHead ? '' : preamble(r, listing, title, isClassic);
  const heading = isClassic ? classicHeading(title, listing) : browserHeading(listing.path);
  await r.write(header === undefined ? start + heading : start);
  await header?.write();
  const end = hasOwnEnd ? '' : '</body></html>\n';
  const table = isClassic ? classicLayout(listing) : browserLayout(listing);
  await r.write(readme === undefined ? table + end : table);
  if (readme === undefined) return;
  await readme.write();
  await r.write(end);
}

function classicLayout(listing: Listing): string {
  const { flags } = listing.query;
  if (flags.has('HTMLTable')) return tableLayout(listing);
  return flags.has('FancyIndexing') ? preLayout(listing) : listLayout(listing);
}

function classicHeading(title: string, { styleSheet }: Listing): string {
  const text = escapeText(title);
  return styleSheet === undefined ? `<h1>${text}</h1>\n` : `  <h1 id="indextitle">${text}</h1>\n`;
}

function preamble(
  { config }: RequestRecord,
  { query: { flags }, styleSheet }: Listing,
  title: string,
  isClassic: boolean,
): string {
  const isXhtml = flags.has('XHTML');
  const end = isXhtml ? ' /' : '';
  const style =
    styleSheet === undefined
      ? isClassic
        ? classicStyle
        : browserStyle
      : `<link rel="stylesheet" href="${escapeText(styleSheet)}" type="text/css"${end}>`;
  return `${isXhtml ? xhtmlStart : '<!DOCTYPE html>\n<html lang="en">'}
<head>
<meta name="viewport" content="width=device-width, initial-scale=1"${end}>
<title>${escapeText(title)}</title>
${style}
${config.indexHeadInsert ?? ''}</head>
<body>
`;
}

const xhtmlStart = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">`;
