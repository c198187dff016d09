import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../../testing/index.ts';
import { makeSite } from '../../make-site.ts';

const site = makeSite({ 'page.html.asis': 'Content-Type: text/html\n\nas is' });
const statusUnder = async (multiviewsMatch: string | readonly string[]): Promise<number> => {
  const app = testApp({
    documentRoot: site,
    options: 'MultiViews',
    addHandler: ['send-as-is', 'asis'],
    multiviewsMatch,
  });
  return (await request(app).get('/page')).status;
};

describe('MultiviewsMatch', () => {
  it('says which extensions are known', async () => {
    expect(await statusUnder('NegotiatedOnly')).toBe(404);
    expect(await statusUnder('Handlers')).toBe(200);
    expect(await statusUnder('filters')).toBe(404);
    expect(await statusUnder(['Filters', 'Handlers'])).toBe(200);
    expect(await statusUnder('Any')).toBe(200);
  });

  it.each([[['Some']], [['Any', 'Handlers']], [['Handlers', 'Handlers']]])('refuses %j', async (words) => {
    await expect(testApp({ multiviewsMatch: words })).rejects.toThrow('MultiviewsMatch is NegotiatedOnly, Any');
  });
});
