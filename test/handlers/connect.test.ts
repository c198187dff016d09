import { afterEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import express from 'express';
import request from 'supertest';
import { connectHandler } from '../../handlers/connect.ts';
import { collectLog, testHandler } from '../../testing/index.ts';
import { RawClient, closeSites, serve } from '../core/host/raw-client.ts';
import { shout } from './shout.ts';

afterEach(closeSites);

describe('connectHandler with an Express application', () => {
  const app = express();
  app.use(express.json());
  app.get('/text', (_, response) => void response.status(201).set('X-By', 'express').send('some text'));
  app.get('/json', (_, response) => void response.json({ a: 1 }));
  app.get('/stream', (_, response) => void Readable.from(['one ', 'two ', 'three']).pipe(response));
  app.get('/cookies', (_, response) => void response.cookie('a', '1').cookie('b', '2').end());
  app.get('/throw', () => {
    throw new Error('a fault');
  });
  app.get('/reject', async () => {
    throw Object.assign(new Error('not for you'), { status: 403 });
  });
  app.post('/json', (incoming, response) => void response.json(incoming.body));
  app.get('/redirect', (_, response) => response.redirect('/text'));
  const handler = connectHandler(app);

  it('answers through the output filters, with status and headers', async () => {
    const listener = await testHandler(handler, shout);
    const response = await request(listener).get('/text').expect(201, 'SOME TEXT').expect('X-By', 'express');
    expect(response.get('Content-Type')).toBe('text/html; charset=utf-8');
    await request(listener).get('/stream').expect(200, 'ONE TWO THREE');
  });

  it('answers JSON, cookies, redirects and HEAD', async () => {
    const listener = await testHandler(handler);
    await request(listener).get('/json').expect({ a: 1 });
    const response = await request(listener).get('/cookies').expect(200);
    expect(response.get('Set-Cookie')).toEqual(['a=1; Path=/', 'b=2; Path=/']);
    await request(listener).get('/redirect').expect(302).expect('Location', '/text');
    await request(listener).head('/text').expect(201).expect('Content-Length', '9');
  });

  it('gives it the body through the input filters', async () => {
    const upper = {
      data: (chunk: Uint8Array, f: { passOn(text: string): void }) =>
        f.passOn(Buffer.from(chunk).toString().toUpperCase()),
    };
    const listener = await testHandler(handler, { inputFilter: ['UP', upper], setInputFilter: 'UP' } as never);
    await request(listener).post('/json').send({ a: 'b' }).expect(200, { A: 'B' });
  });

  it('declines what it does not know', async () => {
    await request(await testHandler(handler))
      .get('/none')
      .expect(404, /There is no such resource/);
  });

  it('leaves its errors to the server', async () => {
    const log = collectLog();
    const listener = await testHandler(handler, { plugins: [log], errorDocument: '403 "not here"' } as never);
    await request(listener).get('/reject').expect(403, 'not here');
    await request(listener)
      .get('/throw')
      .expect(500, /could not answer/);
    expect(log.messages().join()).toContain('Error: a fault');
    await request(listener).post('/json').set('Content-Type', 'application/json').send('{').expect(400);
  });

  it('answers a body over the limit with 413', async () => {
    const listener = await testHandler(handler, { limitRequestBody: 3 });
    await request(listener).post('/json').send({ long: 'value' }).expect(413);
  });
});

describe('connectHandler with a middleware', () => {
  it('passes on head and pieces as they are written', async () => {
    const handler = connectHandler((_, response) => {
      response.writeHead(202, 'Taken', { 'X-Two': ['a', 'b'] });
      response.write('caf\xe9 ', 'latin1');
      response.end(Buffer.from('bytes'));
    });
    const { url } = await serve({ sections: [{ location: '/', contentHandler: handler }] });
    const response = await fetch(url);
    expect([response.status, response.statusText, response.headers.get('X-Two')]).toEqual([202, 'Taken', 'a, b']);
    expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toBe('caf\xe9 bytes');
  });

  it('makes it wait for a slow client, and tells it when the client is gone', async () => {
    let written = 0;
    let closed: (value: unknown) => void = () => undefined;
    const isClosed = new Promise((resolve) => (closed = resolve));
    const handler = connectHandler((_, response) => {
      const piece = Buffer.alloc(65_536);
      const fill = (): void => {
        while (response.write(piece)) written += piece.length;
      };
      response.on('drain', fill).on('close', closed);
      fill();
    });
    const { port } = await serve({ sections: [{ location: '/', contentHandler: handler }] });
    const client = new RawClient(port);
    client.socket.pause();
    client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(written).toBeLessThan(20_000_000);
    client.close();
    await isClosed;
  });

  it('cuts the connection where it fails behind the head', async () => {
    const handler = connectHandler((_, response, next) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('half');
      response.flushHeaders();
      setTimeout(next, 20, new Error('late'));
    });
    const { url } = await serve({ sections: [{ location: '/', contentHandler: handler }] });
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow('terminated');
  });
});
