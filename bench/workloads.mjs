import { article, hello, posted, publish, record, text } from './content.mjs';

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers What the client sends.
 * @property {string} [body]
 * @property {Record<string, string | RegExp>} answerHeaders Some headers that the answer must have.
 * @property {string} answer The body, after inflating where the answer is compressed.
 * @property {RegExp} [logLine] What the access log must hold afterwards.
 */

const json = /^application\/json(; ?charset=utf-8)?$/i;

/** @type {readonly Workload[]} */
export const workloads = [
  {
    id: 'W1',
    title: 'hello: 12 bytes, three headers',
    method: 'GET',
    path: '/hello.txt',
    headers: {},
    answerHeaders: {
      'content-type': /^text\/plain; ?charset=utf-8$/i,
      'content-length': '12',
      'cache-control': 'no-cache',
    },
    answer: hello,
  },
  {
    id: 'W2',
    title: 'JSON, 1 KB',
    method: 'GET',
    path: '/record.json',
    headers: {},
    answerHeaders: { 'content-type': json, 'content-length': '1024' },
    answer: JSON.stringify(record),
  },
  {
    id: 'W3',
    title: 'static file, 10 KB, with ETag and Last-Modified',
    method: 'GET',
    path: '/page.txt',
    headers: {},
    answerHeaders: {
      'content-type': /^text\/plain/,
      'content-length': '10240',
      etag: /^(W\/)?"[^"]+"$/,
      'last-modified': / GMT$/,
    },
    answer: text,
  },
  {
    id: 'W4',
    title: 'Basic auth, route with a parameter, JSON through a body-changing filter, one access-log line',
    method: 'GET',
    path: '/articles/42',
    headers: { Authorization: `Basic ${Buffer.from('alice:wonderland').toString('base64')}` },
    answerHeaders: { 'content-type': json },
    answer: publish(JSON.stringify(article('42'))),
    logLine: /^\S*127\.0\.0\.1 - alice \[[^\]]+\] "GET \/articles\/42 HTTP\/1\.1" 200 \d+$/m,
  },
  {
    id: 'W5',
    title: 'text, 10 KB, gzip level 6',
    method: 'GET',
    path: '/text.txt',
    headers: { 'Accept-Encoding': 'gzip' },
    answerHeaders: { 'content-type': /^text\/plain/, 'content-encoding': 'gzip', vary: /accept-encoding/i },
    answer: text,
  },
  {
    id: 'W6',
    title: 'POST, 1 KB of JSON parsed and echoed',
    method: 'POST',
    path: '/echo',
    headers: { 'Content-Type': 'application/json' },
    body: posted,
    answerHeaders: { 'content-type': json, 'content-length': '1024' },
    answer: posted,
  },
];
