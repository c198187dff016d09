import { type IncomingHttpHeaders, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { connectHandler, fetchHandler, koaHandler } from '../../../handlers/index.ts';
import { type ConfigObject, OK } from '../../../index.ts';
import { makeSite } from '../../make-site.ts';
import { type Http2Answer, type Http2Site, ask, closeHttp2Sites, serveHttp2 } from './http2-client.ts';

const documentRoot = makeSite({
  'a.txt': 'a file of some bytes',
  'empty.txt': '',
  'large.txt': 'large '.repeat(20_000),
  'page.shtml': 'q=<!--#echo var="QUERY_STRING" --> <!--#include virtual="/a.txt" -->',
  'folder/x.txt': 'x',
});

const basic = `Basic ${Buffer.from('anna:secret').toString('base64')}`;

/** What is asked: target, method, headers, body. */
const requests: readonly (readonly [
  target: string,
  method?: string,
  headers?: Record<string, string>,
  body?: string,
])[] = [
  ['/a.txt'],
  ['/a.txt', 'HEAD'],
  ['/a.txt', 'OPTIONS'],
  ['/a.txt', 'POST', {}, 'body'],
  ['/a.txt', 'PROPFIND'],
  ['/a.txt', 'GET', { range: 'bytes=0-3' }],
  ['/a.txt', 'GET', { range: 'bytes=0-3,6-8' }],
  ['/a.txt', 'GET', { range: 'bytes=9000-' }],
  ['/a.txt', 'GET', { 'if-modified-since': new Date(Date.now() + 10_000).toUTCString() }],
  ['/a.txt', 'GET', { 'if-match': '"nothing"' }],
  ['/empty.txt'],
  ['/large.txt', 'GET', { 'accept-encoding': 'gzip' }],
  ['/large.txt', 'HEAD', { 'accept-encoding': 'gzip' }],
  ['/page.shtml?a=b'],
  ['/folder'],
  ['/nowhere'],
  ['/%zz'],
  ['/..%2f..%2fetc/passwd'],
  ['/moved/on?a=b'],
  ['/private'],
  ['/private', 'GET', { authorization: basic }],
  ['/denied'],
  ['/broken'],
  ['/none'],
  ['/stream'],
  ['/stream', 'HEAD'],
  ['/json'],
  ['/ctx'],
  ['/echo', 'POST', { 'content-type': 'text/plain' }, 'the body'],
  ['/echo', 'POST', { expect: '100-continue' }, 'the body'],
  ['/echo', 'POST', {}, 'x'.repeat(2_000)],
  ['/form', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1&a=2'],
  ['/shout', 'POST', {}, 'aloud'],
  ['/redirect'],
  ['/express'],
  ['/express', 'POST', {}, 'the body'],
  ['/koa'],
  ['/koa', 'HEAD'],
  ['/fetch', 'POST', {}, 'the body'],
];

const config: ConfigObject = {
  limitRequestBody: 1_000,
  options: 'Includes',
  addOutputFilter: 'INCLUDES shtml',
  addOutputFilterByType: 'DEFLATE text/plain',
  errorDocument: ['404', '/a.txt'],
  redirect: ['/moved', 'http://elsewhere.example/'],
  errorLog: '/dev/null',
  sections: [
    {
      location: '/private',
      authType: 'Basic',
      authName: 'x',
      authenticateHandler: (r) => ((r.user = 'anna'), OK),
      contentHandler: (r) => `for ${r.user}`,
    },
    { location: '/denied', require: 'all denied' },
    { location: '/broken', contentHandler: () => Promise.reject(new Error('broken')) },
    { location: '/none', contentHandler: (r) => ((r.status = 204), OK) },
    {
      location: '/stream',
      async *contentHandler() {
        yield 'one ';
        await Promise.resolve();
        yield 'two';
      },
    },
    {
      location: '/express',
      contentHandler: connectHandler(express().use((asked, answer) => void asked.pipe(answer))),
    },
    {
      location: '/koa',
      contentHandler: koaHandler(
        (ctx) => (ctx.body = { path: ctx.path, host: ctx.host, version: ctx.req.headers.host }),
      ),
    },
    {
      location: '/fetch',
      contentHandler: fetchHandler(async (asked) => new Response(await asked.text(), { status: 201 })),
    },
    { location: '/json', contentHandler: () => ({ a: [1] }) },
    {
      location: '/ctx',
      contentHandler: (r) => (r.ctx.set('X-Path', r.ctx.path), r.ctx.append('Set-Cookie', 'a=1'), 'ctx'),
    },
    { location: '/echo', contentHandler: (r) => r.text() },
    { location: '/form', contentHandler: async (r) => (await r.form()).getAll('a').join() },
    {
      location: '/shout',
      inputFilter: [
        'UP',
        async function* (chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) yield String(chunk).toUpperCase();
        },
      ],
      setInputFilter: 'UP',
      contentHandler: (r) => r.text(),
    },
    { location: '/redirect', contentHandler: (r) => Promise.resolve(r.internalRedirect('/a.txt')).then(() => OK) },
  ],
};

describe('a request in HTTP/1.1 and in HTTP/2', () => {
  let http2: Http2Site;
  let port = 0;
  let stop = (): void => undefined;

  beforeAll(async () => {
    http2 = await serveHttp2({ ...config, documentRoot });
    const server = createServer(http2.app.listener).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    ({ port } = server.address() as AddressInfo);
    stop = () => void server.close();
  });

  afterAll(async () => {
    stop();
    await closeHttp2Sites();
  });

  it.each(requests)('is answered the same: %s %s %j', async (target, method = 'GET', headers = {}, body) => {
    const [one, two] = await Promise.all([
      askHttp1(port, target, method, headers, body),
      ask(http2.session, { ':path': target, ':method': method, ':authority': 'a.example', ...headers }, body),
    ]);
    expect(comparable(two)).toEqual(comparable(one));
    expect(two.code).toBe(0);
    expect(two.status).toBeGreaterThan(199);
  });
});

function askHttp1(
  port: number,
  path: string,
  method: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<Pick<Http2Answer, 'status' | 'headers' | 'body'>> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const sent = request({ port, path, method, headers: { ...headers, ...length, host: 'a.example' }, agent: false });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    });
    sent.end(body);
  });
}

/** Without what belongs to the connection or the moment. */
function comparable({ status, headers, body }: Pick<Http2Answer, 'status' | 'headers' | 'body'>): unknown {
  const kept: IncomingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!/^(?::status|connection|keep-alive|transfer-encoding|date)$/.test(name)) kept[name] = value;
  }
  const boundary = /boundary=(?<boundary>\S+)/.exec(String(headers['content-type']))?.groups?.['boundary'];
  const plain = (text: string): string => (boundary === undefined ? text : text.replaceAll(boundary, '-'));
  return { status, headers: JSON.parse(plain(JSON.stringify(kept))) as unknown, body: plain(body) };
}
