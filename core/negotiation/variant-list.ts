import { escapeHtml } from '../escape-html.ts';
import { escapePath } from '../escape-path.ts';
import type { Variant } from './variant.ts';

/** The request headers by which two of the variants differ, as Vary names them. */
export function varyingHeaders(variants: readonly Variant[]): readonly string[] {
  const [first, ...others] = variants;
  if (first === undefined) return [];
  const differs = (valueOf: (variant: Variant) => string): boolean => {
    const sample = valueOf(first);
    return others.some((variant) => valueOf(variant) !== sample);
  };
  return dimensions.filter(([, valueOf]) => differs(valueOf)).map(([header]) => header);
}

/** The request headers that matter for at least one of the variants. */
export function concernedHeaders(variants: readonly Variant[]): readonly string[] {
  return dimensions
    .filter(([, valueOf]) => variants.some((variant) => valueOf(variant) !== ''))
    .map(([header]) => header);
}

const dimensions: readonly (readonly [string, (variant: Variant) => string])[] = [
  ['accept', ({ type }) => type],
  ['accept-language', ({ languages }) => languages.join(',')],
  ['accept-charset', ({ charset }) => charset],
  ['accept-encoding', ({ encoding }) => encoding],
];

/** The value of Alternates (RFC 2295 §8.3). */
export function alternates(variants: readonly Variant[]): string {
  return variants.map(alternate).join(', ');
}

function alternate(variant: Variant): string {
  const { name, sourceQuality, length } = variant;
  const attributes = attributesOf(variant).map(([attribute, value]) => ` {${attribute} ${value}}`);
  const size = length < 0 ? '' : ` {length ${length}}`;
  return `{"${escapePath(name)}" ${Math.round(sourceQuality * 1_000) / 1_000}${attributes.join('')}${size}}`;
}

/** The list of links for people, as HTML. */
export function variantLinks(variants: readonly Variant[]): string {
  const items = variants.map((variant) => {
    const name = escapeHtml(variant.name);
    const attributes = attributesOf(variant).map(([attribute, value]) => `, ${attribute} ${escapeHtml(value)}`);
    const description = variant.description === '' ? '' : ` ${escapeHtml(variant.description)}`;
    const link = name === '' ? '' : `<a href="${escapeHtml(escapePath(variant.name))}">${name}</a>`;
    return `<li>${link}${description}${attributes.join('')}</li>\n`.replace('<li>, ', '<li>');
  });
  return `\n<p>Available variants:</p>\n<ul>\n${items.join('')}</ul>`;
}

function attributesOf({ type, charset, languages, encoding }: Variant): readonly (readonly [string, string])[] {
  const all: readonly (readonly [string, string])[] = [
    ['type', type],
    ['charset', charset],
    ['language', languages.join(',')],
    ['encoding', encoding],
  ];
  return all.filter(([, value]) => value !== '');
}
