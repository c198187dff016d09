import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { testApp } from '../../testing/index.ts';

function site(allowMethods: string | readonly string[]): ConfigObject {
  const inner = { location: '/open', allowMethods: 'reset' };
  return { errorLog: '/dev/null', sections: [{ location: '/', allowMethods, contentHandler: () => 'in' }, inner] };
}

describe('AllowMethods', () => {
  it('refuses other methods and says which ones are answered', async () => {
    const app = await testApp(site('GET POST'));
    await request(app).get('/').expect(200);
    await request(app).head('/').expect(200);
    await request(app).post('/').expect(200);
    await request(app).delete('/').expect(405).expect('Allow', 'GET, HEAD, POST');
  });

  it('is taken back by reset', async () => {
    await request(await testApp(site('GET')))
      .delete('/open')
      .expect(200);
  });

  it.each([
    [['BREW'], 'not "BREW"'],
    [['get'], 'not "get"'],
    [['GET', 'reset'], 'not "reset"'],
  ])('%j is refused at start', async (methods, message) => {
    await expect(testApp(site(methods))).rejects.toThrow(message);
  });
});
