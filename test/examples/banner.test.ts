import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Application } from '../../core/host/application.ts';
import { createApp } from '../../index.ts';

describe('The example of a banner', () => {
  let app: Application;

  beforeAll(async () => {
    app = createApp(fileURLToPath(new URL('../../examples/banner/sluice.config.ts', import.meta.url)));
    await app.ready();
  });

  afterAll(() => app.stop());

  const ask = (path: string): request.Test => request(app.callback()).get(path);
  const banner = '<p class="banner">The shop is closed on Monday.</p>';

  it('puts it at the top of a file, and nowhere else', async () => {
    const { text, headers } = await ask('/').expect(200);
    expect(text).toContain(`<body class="front">${banner}`);
    expect(text).toContain('<a href="https://example.org/" rel="external">our friends</a>');
    expect(text).toContain('<a href="terms.html">our terms</a>');
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/html; charset=utf-8' });
    expect(headers).not.toHaveProperty('etag');
  });

  it('puts it into what a handler makes, wherever that is cut', async () => {
    const { text } = await ask('/made').expect(200);
    expect(text).toMatch(
      /^<!doctype html><head><title>Made<\/title><style>.*<\/style><\/head><body><p class="banner">/,
    );
  });

  it('leaves it out where a section says so', async () => {
    expect((await ask('/terms.html').expect(200)).text).not.toContain(banner);
  });
});
