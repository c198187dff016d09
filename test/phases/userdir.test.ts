import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'home/ann/www/index.html': 'ann',
  'home/ann/secret.txt': 'secret',
  'users/bob/x.txt': 'bob',
  'userless.conf': 'UserDir\n',
});

describe('UserDir', () => {
  it('is where the pages of users are, the first place that exists', async () => {
    const app = testApp({ userDir: [`${site}/home/*/www`, `${site}/users`] });
    await request(app).get('/~ann/').expect(200, 'ann');
    await request(app).get('/~ann').expect(301).expect('Location', '/~ann/');
    await request(app).get('/~bob/x.txt').expect(200, 'bob');
    await request(app).get('/~carl/').expect(404);
  });

  it.each(['/~../x', '/~%2e%2e/home/ann/secret.txt', '/~./bob/x.txt', '/~', '/~ann/%2e%2e/secret.txt'])(
    '%s is nobody',
    async (url) => {
      await request(testApp({ userDir: `${site}/users` }))
        .get(url)
        .expect(404);
    },
  );

  it('may be elsewhere', async () => {
    const app = testApp({ userDir: 'https://people.example/*/www' });
    await request(app)
      .get('/~ann/a%20b?x=1')
      .expect(302)
      .expect('Location', 'https://people.example/ann/www/a%20b?x=1');
  });

  it('serves those who are enabled, and nobody who is disabled', async () => {
    const place = [`${site}/users`];
    const some = testApp({ userDir: [place, ['disabled'], ['enabled', 'bob']] });
    await request(some).get('/~bob/x.txt').expect(200);
    const none = testApp({ userDir: [place, ['enabled', 'bob'], ['disabled', 'BOB']] });
    await request(none).get('/~bob/x.txt').expect(404);
  });

  it('needs a word', async () => {
    await expect(testApp(`${site}/userless.conf`)).rejects.toThrow('userless.conf:1: UserDir needs a folder, a URL');
  });
});
