import { describe, expect, it } from '@jest/globals';
import { parseSelector, type SelectorSubject } from '../../../filters/html-rewrite/selector.ts';

/** `a#id.class[name=value]` as an element. */
function element(tagName: string, attributes: Record<string, string> = {}): SelectorSubject {
  return { tagName, getAttribute: (name) => attributes[name] };
}

const html = element('html');
const body = element('body', { class: 'dark wide' });
const nav = element('nav', { id: 'top' });
const link = element('a', {
  href: 'http://example.org/a,b',
  class: 'menu first',
  lang: 'de-AT',
  title: '',
  'data-x': '>',
});

const matches = (selector: string): boolean => parseSelector(selector)([html, body, nav], link);

describe('A selector', () => {
  it.each([
    'a', 'A', '*', '.menu', '.first.menu', 'a.menu', '[href]', '[HREF]', '[ href ]', '[href^="http:"]', "[href^='http:']",
    '[href$=b]', '[href*="ample"]', '[class~=first]', '[lang|=de]', '[lang="DE-at" i]', '[title=""]', '[href="http://example.org/a,b"]',
    'nav a', 'nav > a', 'nav>a', '#top > a', 'body a', 'html body nav a', 'html > body > nav > a', 'html nav > a', '.dark a.menu',
    'p, a', 'p , div,a', 'a, p', '[data-x=">"]', 'body > * > a', '* * * a',
  ])('%s means the link', (selector) => {
    expect(matches(selector)).toBe(true);
  }); // prettier-ignore

  it.each([
    'p', '.men', '#top', 'a#top', '[name]', '[href^="https:"]', '[href^=""]', '[href$=""]', '[href*=""]', '[class=menu]',
    '[class~="menu first"]', '[lang|=d]', '[lang="DE-at"]', 'body > a', 'p a', 'a a', 'nav > nav > a', 'html > nav a', 'p, div',
  ])('%s does not', (selector) => {
    expect(matches(selector)).toBe(false);
  }); // prettier-ignore

  it.each([
    ['', 'a selector is missing in ""'],
    ['a,', 'a selector is missing in "a,"'],
    ['a:hover', 'the selector "a:hover": at ":hover", pseudo-classes and pseudo-elements are not supported'],
    ['a + b', 'the selector "a + b": at "+ b", this is not supported'],
    ['a ~ b', 'at "~ b", this is not supported'],
    ['a[', 'at "[", this is not supported'],
    ['a[href="x]', 'not supported'],
    ['> a', '">" needs an element on both sides in "> a"'],
    ['a >', '">" needs an element on both sides in "a >"'],
    ['a | b', 'not supported'],
    ['.', 'not supported'],
  ])('%j is not supported', (selector, message) => {
    expect(() => parseSelector(selector)).toThrow(message);
  });

  it('is asked once for each ancestor and part of a deep page', () => {
    let asked = 0;
    const deep = Array.from({ length: 500 }, () => ({ ...element('div'), get tagName() { asked++; return 'div'; } })); // prettier-ignore
    expect(parseSelector('p div div div div a')(deep, link)).toBe(false);
    expect(asked).toBeLessThanOrEqual(2_500);
    expect(parseSelector('div div div > div a')(deep, link)).toBe(true);
  });
});
