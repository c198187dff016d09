import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { collectLog, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'moved.asis': 'Status: 301 Elsewhere\nLocation: https://example.org/\nContent-Type: text/plain\n\nmoved',
  'inner.asis': 'Location: /plain.txt\n\nunseen',
  'plain.txt': 'plain',
  'big.asis': `Content-Type: text/plain\n\n${'x'.repeat(200_000)}`,
  'bad.asis': 'Content-Type: text/plain\nno header\n\nx',
  '.hidden.asis': 'X: y\n\nx',
});

const config = { documentRoot: site, addHandler: ['send-as-is', 'asis'] } as const;

describe('send-as-is', () => {
  it('sends the file with its own status and headers', async () => {
    const { text } = await request(testApp(config))
      .get('/moved.asis')
      .redirects(0)
      .expect(301)
      .expect('Location', /org/);
    expect(text).toBe('moved');
  });

  it('hands on to another path of this server', async () => {
    await request(testApp(config)).get('/inner.asis').expect(200, 'plain').expect('Content-Type', 'text/plain');
  });

  it('sends large files piece by piece', async () => {
    const { text } = await request(testApp(config)).get('/big.asis').expect(200);
    expect(text).toHaveLength(200_000);
  });

  it('hides what is hidden', async () => {
    await request(testApp(config)).get('/.hidden.asis').expect(404);
  });

  it('says which line is no header', async () => {
    const log = collectLog();
    await request(testApp({ ...config, plugins: [log] }))
      .get('/bad.asis')
      .expect(500);
    expect(log.messages().join('\n')).toContain('bad.asis:2: expected "Name: value" or an empty line, not "no header"');
  });
});
