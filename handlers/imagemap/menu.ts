import { escapeHtml } from '../../core/escape-html.ts';
import { htmlPage } from '../../core/html-page.ts';
import type { MapLine } from './map-file.ts';
import { type MapPlace, isAnswer, readTarget, resolveTarget } from './map-target.ts';

/** How much of its own a menu adds to the lines of the map. */
export type MenuForm = 'formatted' | 'semiformatted' | 'unformatted';

/** The page for clients that have clicked nowhere: the targets of a map as links. Throws as `resolveTarget` does. */
export function menuPage(
  lines: Iterable<MapLine>,
  { form, title, base }: { readonly form: MenuForm; readonly title: string; readonly base: string },
  place: MapPlace,
): string {
  let from = base;
  const items: string[] = [];
  for (const line of lines) {
    if (line.kind === 'base') from = resolveTarget(readTarget(line.target, place), '');
    else items.push(itemOf(line, form, (target) => resolveTarget(readTarget(target, place), from)));
  }
  const heading = form === 'formatted' ? `<h1>${escapeHtml(title)}</h1>\n` : '';
  return htmlPage(title, heading + items.join(''));
}

/** Comments are HTML of whoever wrote the map, and shown where the menu isn't formatted by us. */
function itemOf(line: Exclude<MapLine, { kind: 'base' }>, form: MenuForm, urlOf: (target: string) => string): string {
  if (line.kind === 'comment') return form === 'formatted' ? '' : `${line.text}\n`;
  if (line.kind === 'blank') return form === 'semiformatted' ? '<br>\n' : '';
  const url = urlOf(line.target);
  if (isAnswer(url)) return '';
  const link = `<a href="${escapeHtml(url)}">${escapeHtml(line.text ?? line.target)}</a>`;
  if (form === 'unformatted') return `${link}\n`;
  return `<p>${line.kind === 'default' ? 'Anywhere else: ' : ''}${link}</p>\n`;
}
