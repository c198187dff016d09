import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { collectLog, makeSite, testApp } from '../../testing/index.ts';

const config = { 'httpd.conf': 'DocumentRoot ./htdocs\n' };

describe('makeSite', () => {
  it('makes a folder that a config file can be served from', async () => {
    const site = makeSite({ ...config, 'htdocs/a.txt': 'A', 'htdocs/b/c.bin': Buffer.from([1, 2]) });
    const app = await testApp(site.path('httpd.conf'));
    await request(app).get('/a.txt').expect(200, 'A');
    await request(app)
      .get('/b/c.bin')
      .expect(200, Buffer.from([1, 2]));
    site.remove();
    expect(existsSync(site.folder)).toBe(false);
  });

  it('writes files later, which the next request sees', async () => {
    const site = makeSite({ ...config, 'htdocs/a.txt': 'A' });
    const app = await testApp(site.path('httpd.conf'));
    await request(app).get('/private/a.txt').expect(404);
    site.write({ 'htdocs/private/a.txt': 'B' });
    await request(app).get('/private/a.txt').expect(200, 'B');
    expect(site.read('htdocs/private/a.txt')).toBe('B');
    site.remove();
  });

  it('has another folder every time', () => {
    const [one, two] = [makeSite(), makeSite()];
    expect(one.folder).not.toBe(two.folder);
    one.remove();
    two.remove();
  });
});

describe('testApp with a config file', () => {
  it('rejects with file and line of a mistake', async () => {
    const site = makeSite({ 'httpd.conf': 'Listen 8080\nDokumentRoot ./htdocs\n' });
    await expect(testApp(site.path('httpd.conf'))).rejects.toThrow(`${site.path('httpd.conf')}:2`);
    site.remove();
  });

  it('takes plugins that the file does not name', async () => {
    const site = makeSite({
      'httpd.conf': 'ContentHandler ./fail.ts',
      'fail.ts': "export default () => { throw new Error('no good'); };",
    });
    const log = collectLog();
    const app = await testApp(site.path('httpd.conf'), { plugins: [log] });
    await request(app).get('/').expect(500);
    expect(log.messages()).toEqual([expect.stringContaining('content handler ./fail.ts: Error: no good')]);
    site.remove();
  });

  it('lets plugins close what they have opened', async () => {
    const seen: string[] = [];
    const plugin = { name: 'opener', setup: () => void seen.push('open'), close: () => void seen.push('closed') };
    const app = await testApp({ plugins: [plugin] });
    expect(seen).toEqual(['open']);
    await app.close();
    expect(seen).toEqual(['open', 'closed']);
  });
});
