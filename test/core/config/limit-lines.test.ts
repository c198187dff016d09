import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../../core/config/define-config.ts';
import { definePlugin } from '../../../core/plugin.ts';
import type { RequestRecord } from '../../../core/request-record.ts';
import { testApp } from '../../../testing/index.ts';

declare module '../../../core/config/directive.ts' {
  interface Directives {
    /** A word for all methods, or for those of a Limit, as the directive itself sees to. */
    greet: Directive<string, readonly string[]>;
    /** A word that Limit merges for its methods. */
    greeting: Directive<string, string | undefined>;
  }
}

const contexts = ['directory'] as const;

const greeter = definePlugin({
  name: 'greeter',
  directives: {
    Greet: {
      takes: 'one',
      usage: 'word',
      help: 'A word.',
      contexts,
      default: [],
      parse: ([word = '']) => [word],
      combine: (earlier, later) => [...earlier, ...later],
      narrow: (words, methods) =>
        words.map((word) => ['GET', 'HEAD', 'POST'].filter((method) => methods.has(method)).join('+') + `:${word}`),
    },
    Greeting: { takes: 'one', usage: 'word', help: 'A word.', contexts },
  },
});

function site(section: object): ConfigObject {
  const contentHandler = ({ config }: RequestRecord): string => `${config.greet.join(' ')} ${config.greeting ?? '-'}`;
  const place = { location: '/', contentHandler, ...section };
  return { errorLog: '/dev/null', plugins: [greeter], sections: [place] };
}

describe('lines in Limit', () => {
  it('that their directive narrows are lines of the section around, in their place', async () => {
    const sections = [{ limit: 'POST', greet: 'b', greeting: 'later' }];
    const app = await testApp(site({ greet: 'a', sections }));
    await request(app).get('/').expect('a POST:b -');
    await request(app).post('/').expect('a POST:b later');
  });

  it('take HEAD with GET, and LimitExcept takes the others', async () => {
    const sections = [
      { limit: 'HEAD', greet: 'a' },
      { limitExcept: ['GET'], greet: 'b' },
    ];
    await request(await testApp(site({ sections })))
      .get('/')
      .expect('GET+HEAD:a POST:b -');
  });

  it('say nothing about TRACE, which is never answered', async () => {
    const app = testApp(site({ sections: [{ limit: 'TRACE', greet: 'a' }] }));
    await expect(app).rejects.toThrow('<Limit> has no say over TRACE');
  });
});
