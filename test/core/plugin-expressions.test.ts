import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { definePlugin } from '../../index.ts';
import { collectLog, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const words = definePlugin({
  name: 'words',
  directives: {},
  expressionFunctions: {
    backwards: (text) => text.split('').reverse().join(''),
    joined: { arity: 2, evaluate: (first, _r, second) => `${first}-${second}` },
    later: async (text, r) => Promise.resolve(`${text} for ${r.method}`),
    header: { evaluate: (name, r) => r.headersIn.get(name), variesOnArgument: true },
    secret: { evaluate: () => 'secret', readsFiles: true },
  },
  expressionVariables: {
    TENANT: { read: (r) => r.headersIn.get('X-Tenant'), varyOn: 'X-Tenant' },
    Nobody: () => undefined,
  },
});

const site = makeSite({
  'folder/a.txt': 'a',
  'folder/.htaccess': `<If "backwards(%{TENANT}) == 'der'">\nRequire all denied\n</If>\n`,
  'good.shtml': `<!--#if expr="backwards(%{TENANT}) == 'eulb'" -->blue<!--#endif -->`,
  'bad.shtml': `<!--#if expr="secret('x') == 'secret'" -->told<!--#endif -->`,
});

const always = { accessHandler: () => 0 as const };

describe("a plugin's functions and variables", () => {
  it.each([
    ["backwards(%{REQUEST_URI}) == '/'", true],
    ["BACKWARDS('abc') == 'cba'", true],
    ["joined('a', backwards('bc')) == 'a-cb'", true],
    ["later('it') == 'it for GET'", true],
    ["%{TENANT} == 'blue'", true],
    ["%{tenant} == 'red'", false],
    ["%{NOBODY} == ''", true],
    ["header('X-Tenant') == 'blue'", true],
  ])('are known in <If "%s">', async (condition, holds) => {
    const app = await testApp({
      plugins: [words],
      contentHandler: () => 'outside',
      sections: [{ if: condition, contentHandler: () => 'inside' }],
    });
    const { text, headers } = await request(app).get('/').set('X-Tenant', 'blue');
    expect(text).toBe(holds ? 'inside' : 'outside');
    expect(headers['vary'] ?? '').toBe(/tenant/i.test(condition) ? 'X-Tenant' : '');
  });

  it('are known in directives', async () => {
    const app = await testApp({
      plugins: [words],
      contentHandler: () => 404,
      header: [
        ['always', 'set', 'X-Word', 'expr=%{backwards:%{TENANT}}'],
        ['set', 'X-Late', 'yes', "expr=backwards('a') == 'a'"],
      ],
      errorDocument: [404, 'no page for %{TENANT}'],
      setEnvIfExpr: ["%{TENANT} == 'blue'", 'is_blue'],
      sections: [{ location: '/admin', require: "expr %{TENANT} == 'red'" }],
    });
    await request(app).get('/').set('X-Tenant', 'blue').expect(404, 'no page for blue').expect('X-Word', 'eulb');
    await request(app).get('/admin').set('X-Tenant', 'blue').expect(403);
    await request(app).get('/admin').set('X-Tenant', 'red').expect(404);
  });

  it('are known in .htaccess files', async () => {
    const app = await testApp({
      plugins: [words],
      documentRoot: site,
      sections: [{ directory: site, allowOverride: 'All' }],
    });
    await request(app).get('/folder/a.txt').set('X-Tenant', 'blue').expect(200);
    await request(app).get('/folder/a.txt').set('X-Tenant', 'red').expect(403);
  });

  it('are known in pages of INCLUDES, but for those that read files', async () => {
    const log = collectLog();
    const app = await testApp({
      plugins: [words, log],
      documentRoot: site,
      sections: [{ directory: site, options: '+Includes', addOutputFilter: ['INCLUDES', '.shtml'] }],
    });
    await request(app).get('/good.shtml').set('X-Tenant', 'blue').expect(200, 'blue');
    await request(app)
      .get('/bad.shtml')
      .expect(({ text }) => expect(text).not.toContain('told'));
  });

  it.each([
    ["backward('x') == 'x'", /unknown function backward; did you mean "backwards"\?/],
    ["joined('x') == 'x'", /joined takes 2 arguments, not 1/],
    ["%{TENANTS} == 'x'", /unknown variable TENANTS; did you mean "TENANT"\?/],
  ])('are checked at start: %s', async (condition, message) => {
    await expect(testApp({ plugins: [words], sections: [{ if: condition, ...always }] })).rejects.toThrow(message);
  });

  it('are not known without the plugin', async () => {
    await expect(testApp({ sections: [{ if: "backwards('x') == 'x'", ...always }] })).rejects.toThrow(
      'unknown function backwards',
    );
  });

  it.each([
    [{ expressionFunctions: { ToUpper: () => 'x' } }, 'the expression function toupper: core (built in) and shout'],
    [{ expressionVariables: { https: () => 'x' } }, 'the expression variable HTTPS: core (built in) and shout'],
    [{ expressionVariables: { tenant: () => 'x' } }, 'the expression variable TENANT: words (given in the config) and'],
    [{ expressionFunctions: { loud: { arity: 2 } } }, 'expressionFunctions.loud.evaluate is missing'],
  ])('have names of their own, and the right form', async (members, message) => {
    const shout = { name: 'shout', ...members };
    await expect(testApp({ plugins: [words, shout] })).rejects.toThrow(message);
  });
});
