import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Application } from '../../core/host/application.ts';
import { createApp } from '../../index.ts';

describe('The example of pages put together on the server', () => {
  let app: Application;

  beforeAll(async () => {
    app = createApp(fileURLToPath(new URL('../../examples/ssi/httpd.conf', import.meta.url)));
    await app.ready();
  });

  afterAll(() => app.stop());

  const page = async (path: string): Promise<string> => (await request(app.callback()).get(path).expect(200)).text;

  it('puts head and foot around the front page', async () => {
    const text = await page('/');
    expect(text).toContain('<title>Front page - Sluice by the river</title>');
    expect(text).toMatch(/<footer>index\.shtml, \d{4}-\d\d-\d\d<\/footer>/);
    expect(text).not.toContain('<!--#');
  });

  it('shows what it knows, and says so where it knows nothing', async () => {
    const text = await page('/');
    expect(text).toContain('Hello, nobody.');
    expect(text).toContain('have 21 bytes');
    expect(text).toContain('There is no news.');
  });

  it('chooses by the query, and shows it without its markup', async () => {
    expect(await page('/')).toContain('nothing in particular');
    expect(await page('/?lang=de')).toContain('the language de.');
    expect(await page('/?%3Cscript%3E')).toContain('You asked for &lt;script&gt;.');
  });
});
