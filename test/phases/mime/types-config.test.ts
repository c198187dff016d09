import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { parseTypes } from '../../../phases/mime/types-config.ts';
import { testApp } from '../../../testing/index.ts';
import { makeSite } from '../../make-site.ts';

describe('parseTypes', () => {
  it('reads a type and its extensions from each line', () => {
    const text = '# text/x-no no\n\ntext/x-a\ta A1\r\ntext/x-alone\ntext/x-b a\n';
    expect([...parseTypes(text)]).toEqual([
      ['a', 'text/x-b'],
      ['a1', 'text/x-a'],
    ]);
  });
});

describe('TypesConfig', () => {
  const site = makeSite({ types: 'text/x-own html', 'htdocs/a.html': 'a', 'htdocs/a.txt': 'a' });

  it('takes the place of the usual table', async () => {
    const app = testApp({ documentRoot: `${site}/htdocs`, typesConfig: `${site}/types` });
    await request(app).get('/a.html').expect('Content-Type', 'text/x-own');
    expect((await request(app).get('/a.txt')).headers['content-type']).toBeUndefined();
  });

  it('names a file that is there', async () => {
    await expect(testApp({ typesConfig: `${site}/nothing` })).rejects.toThrow(`TypesConfig can't read ${site}/nothing`);
  });
});
