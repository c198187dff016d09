import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { builtInPlugins } from '../../built-in-plugins.ts';
import { readConfigFile } from '../../core/config/config-file.ts';
import type { ConfigNode } from '../../core/config/tree.ts';
import type { Application } from '../../core/host/application.ts';
import { moduleImporter } from '../../core/module-importer.ts';
import { PluginSet } from '../../core/plugin-set.ts';
import { createApp } from '../../index.ts';

const folder = fileURLToPath(new URL('../../examples/site/', import.meta.url));
const spellings = ['sluice.config.ts', 'httpd.conf'];

/** What both spellings must have in common: names and arguments, not positions. */
function outline(nodes: readonly ConfigNode[]): unknown[] {
  return nodes.map((node) => [node.name, ...node.args, ...(node.kind === 'section' ? [outline(node.children)] : [])]);
}

async function outlineOf(file: string): Promise<unknown[]> {
  const registry = new PluginSet(builtInPlugins).directives;
  const options = { hasPlugin: () => true, definePlugin: () => undefined, warn: () => undefined };
  const { nodes } = await readConfigFile(folder + file, registry, moduleImporter(), options);
  return outline(nodes);
}

it('is the same tree in both spellings', async () => {
  expect(await outlineOf('sluice.config.ts')).toEqual(await outlineOf('httpd.conf'));
});

describe.each(spellings)('the example site from %s', (file) => {
  let app: Application;
  let log: string;

  beforeAll(async () => {
    app = createApp(folder + file);
    await app.ready();
  });

  afterAll(() => app.stop());

  const get = (path: string) => request(app.callback()).get(path);
  const access = () => readFileSync(`${folder}logs/access.log`, 'utf8');

  it('serves its front page', async () => {
    const response = await get('/')
      .expect(200)
      .expect('Content-Type', 'text/html')
      .expect('X-Content-Type-Options', 'nosniff');
    expect(response.text).toContain('A site on Sluice');
  });

  it('asks for a password in front of the protected folder', async () => {
    await get('/staff/')
      .expect(401)
      .expect('WWW-Authenticate', /^Basic realm="Staff"/);
    await get('/staff/').auth('alice', 'wrong').expect(401);
    const response = await get('/staff/').auth('alice', 'wonderland').expect(200);
    expect(response.text).toContain('You know the password');
  });

  it('answers from a handler in TypeScript, enums and all', async () => {
    await get('/users/1').expect(200, { name: 'Ada', role: 'writer' });
    await get('/users/9').expect(404);
  });

  it('puts a text through its output filter', async () => {
    await get('/notes.shout.txt')
      .expect(200, 'THIS FILE IS WRITTEN IN SMALL LETTERS.\n')
      .expect('Content-Length', '39');
  });

  it('has an error document of its own', async () => {
    const response = await get('/nowhere').expect(404);
    expect(response.text).toContain('Nothing here');
  });

  it('writes every answer to its log', async () => {
    log = access();
    await get('/style.css?logged').expect(200);
    const { size } = statSync(`${folder}htdocs/style.css`);
    expect(access().slice(log.length)).toMatch(
      new RegExp(`^\\S+ - "GET /style\\.css\\?logged HTTP/1\\.1" 200 ${size} \\S+\n$`),
    );
  });
});
