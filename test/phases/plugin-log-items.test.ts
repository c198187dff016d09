import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { definePlugin } from '../../index.ts';
import { createApp } from '../../index.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const zones = definePlugin({
  name: 'zones',
  logItems: {
    Z: (r, argument) => (argument === 'none' ? undefined : `${argument}"${r.method}"\n`),
    Y: {
      compile(argument) {
        if (argument === 'bad') throw new Error('%{bad}Y: expected a zone in the braces');
        return (r) => r.uri;
      },
      asksOriginal: true,
      inErrorLog: true,
    },
    '^zz': { compile: () => () => 'safe"', isEscaped: true },
  },
});

const folder = makeSite({});

describe("a plugin's log items", () => {
  it('stand in formats; what they say is escaped', async () => {
    const app = await testApp({
      plugins: [zones],
      serverRoot: folder,
      logFormat: ['%{north}Z %{none}Z %Y %<Z %^zz %>s', 'zoned'],
      customLog: [
        ['log', 'zoned'],
        ['other', '%m %Y'],
      ],
      contentHandler: () => 'hello',
    });
    await request(app).get('/page');
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(
      String.raw`north\"GET\"\n - /page \"GET\"\n safe" 200` + '\n',
    );
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('GET /page\n');
  });

  it('that ask for it stand in ErrorLogFormat too', async () => {
    const app = createApp({
      plugins: [zones],
      serverRoot: folder,
      errorLog: 'errors',
      errorLogFormat: 'at %Y: %M',
      contentHandler(r) {
        r.log('no milk');
        r.server.log.log('error', 'no bread', 'shop');
        return 'hello';
      },
    });
    await request(app.callback()).get('/page').expect(200);
    await app.stop();
    expect(readFileSync(join(folder, 'errors'), 'utf8')).toBe('at /page: no milk\nat no bread\n');
  });

  it.each([
    [{ customLog: ['log', '%Z %W'] as const, plugins: [zones] }, /there is no item %W; known are .*%Z %Y %\^zz/],
    [{ customLog: ['log', '%{bad}Y'] as const, plugins: [zones] }, '%{bad}Y: expected a zone'],
    [{ errorLogFormat: '%Z %M', plugins: [zones] }, /ErrorLogFormat "%Z %M": there is no item %Z; known are .* %Y/],
    [{ plugins: [{ name: 'taken', logItems: { h: () => 'x' } }] }, 'log item %h: log_config (built in) and taken'],
    [{ plugins: [{ name: 'taken', logItems: { zone: () => 'x' } }] }, 'logItems: "zone" must be one letter, or ^ and'],
    [{ plugins: [{ name: 'taken', logItems: { '%': () => 'x' } }] }, 'logItems: "%" must be one letter'],
    [{ plugins: [{ name: 'taken', logItems: { z: { make: () => 'x' } } }] }, 'there is no member logItems.z.make'],
  ])('are checked at start', async (config, message) => {
    await expect(testApp(config)).rejects.toThrow(message);
  });
});
