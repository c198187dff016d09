import { article, hello, record, text } from '../content.mjs';

/** @typedef {import('../../index.ts').RequestRecord} RequestRecord */

export function greet(/** @type {RequestRecord} */ r) {
  r.contentType = 'text/plain; charset=utf-8';
  r.headersOut.set('Cache-Control', 'no-cache');
  return hello;
}

export function showRecord() {
  return record;
}

export function showArticle(/** @type {RequestRecord} */ r) {
  return article(String(r.params['id']));
}

export function showText(/** @type {RequestRecord} */ r) {
  r.contentType = 'text/plain; charset=utf-8';
  return text;
}

export function echo(/** @type {RequestRecord} */ r) {
  return r.json();
}
