import { expect, it } from '@jest/globals';

import { defineConfig } from '../../../core/config/define-config.ts';

declare module '../../../core/config/directive.ts' {
  interface Directives {
    testWord: Directive<string>;
    testFlag: Directive<boolean>;
    testHandler: Directive<string | ((r: { uri: string }) => number), object>;
  }
}

it('gives back the config it was given', () => {
  const config = {
    testWord: 'a',
    sections: [
      { location: '/x', testFlag: true, sections: [{ if: '%{A} == 1', testWord: 'b' }, { else: true as const }] },
    ],
  };
  expect(defineConfig(config)).toBe(config);
});

it('types names, values and sections', () => {
  const configs = [
    defineConfig({ testHandler: (r) => r.uri.length, plugins: ['x', { name: 'y' }] }),
    defineConfig({ sections: [{ locationMatch: /x/i }, { limit: ['GET'] }, { virtualHost: '*:80' }] }),
    // @ts-expect-error -- no such directive
    defineConfig({ testWrod: 'a' }),
    // @ts-expect-error -- a flag is not a string
    defineConfig({ testFlag: 'On' }),
    // @ts-expect-error -- no such directive inside a section
    defineConfig({ sections: [{ location: '/x', testWrod: 'a' }] }),
    // @ts-expect-error -- a wrong value inside a section
    defineConfig({ sections: [{ location: '/x', testWord: 1 }] }),
    // @ts-expect-error -- two section keys
    defineConfig({ sections: [{ location: '/x', route: '/y' }] }),
    // @ts-expect-error -- no section key
    defineConfig({ sections: [{ testWord: 'a' }] }),
    // @ts-expect-error -- a section key outside a section
    defineConfig({ location: '/x' }),
    // @ts-expect-error -- plugins belong to the top
    defineConfig({ sections: [{ location: '/x', plugins: [] }] }),
  ];
  expect(configs).toHaveLength(10);
});
