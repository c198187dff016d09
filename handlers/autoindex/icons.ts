import type { Entry } from './entries.ts';

/** The shapes on a field of 24 by 24, drawn in lines. */
const shapes = {
  up: '<path d="M12 19V5m-6 6 6-6 6 6"/>',
  folder: '<path d="M3 6a1 1 0 0 1 1-1h5l2 2h9a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z"/>',
  file: '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
  text: '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6m-6 4h6"/>',
  code: '<path d="M6 3h8l4 4v14H6zM14 3v4h4M11 12l-2 2 2 2m2-4 2 2-2 2"/>',
  image: '<path d="M4 5h16v14H4zm0 11 5-5 4 4 3-3 4 4M15.5 9h.01"/>',
  audio:
    '<path d="M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zm10-2a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"/>',
  video: '<path d="M4 5h16v14H4zm6 4 5 3-5 3z"/>',
  archive: '<path d="M4 4h16v5H4zm1 5v11h14V9m-9 4h4"/>',
} as const;

type Shape = keyof typeof shapes;

/** The first pattern that fits the content type. */
const shapesByType: readonly (readonly [RegExp, Shape])[] = [
  [/^image\//, 'image'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/(?:zip|x-tar|gtar|compressed|7z|rar|x-xz|bzip2?|zstd|debian)/, 'archive'],
  [/pdf|msword|opendocument|officedocument|rtf/, 'text'],
  [/(?:html|css|xml|json|javascript|typescript|x-sh|x-python|x-php|yaml)/, 'code'],
  [/^text\//, 'text'],
];

/** All shapes once, for the page to refer to. */
export const iconSheet = `<svg style="display:none">${Object.entries(shapes)
  .map(([shape, path]) => `<symbol id="i-${shape}" viewBox="0 0 24 24">${path}</symbol>`)
  .join('')}</svg>`;

/** The picture for an entry; for the eye only, as the name says the same. */
export function iconFor(entry: Entry): string {
  const shape = shapeOf(entry);
  return `<svg class="i ${shape}" aria-hidden="true"><use href="#i-${shape}"/></svg>`;
}

function shapeOf({ name, isFolder, contentType = '' }: Entry): Shape {
  if (name === '..') return 'up';
  if (isFolder) return 'folder';
  return shapesByType.find(([pattern]) => pattern.test(contentType))?.[1] ?? 'file';
}
