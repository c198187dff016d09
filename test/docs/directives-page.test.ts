import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../built-in-plugins.ts';
import { directivesPage } from '../../docs/directives-page.ts';

describe('docs/directives.md', () => {
  it('is up to date with the declarations; if not, run: npm run docs', () => {
    expect(readFileSync(new URL('../../docs/directives.md', import.meta.url), 'utf8')).toBe(directivesPage());
  });

  it('has a heading for every directive of every built-in plugin', () => {
    const page = directivesPage();
    const names = builtInPlugins.flatMap((plugin) => Object.keys(plugin.directives ?? {}));
    expect(names.filter((name) => !page.includes(`\n### ${name}\n`))).toEqual([]);
  });

  it('says for every directive where it may stand and how a TypeScript config spells it', () => {
    expect(directivesPage()).toContain(
      '### AuthName\n\n`AuthName realm`\n\nThe realm: what a browser shows when it asks for the password.\n\n' +
        '- key: `authName`\n- contexts: directory, .htaccess\n- override: AuthConfig\n',
    );
  });
});
