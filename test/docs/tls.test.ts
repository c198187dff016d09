import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { builtInPlugins } from '../../built-in-plugins.ts';
import { Generation } from '../../core/generation.ts';
import { Certificates } from '../make-certificates.ts';
import { makeSite } from '../make-site.ts';
import { codeBlocks } from './markdown-blocks.ts';

const files = new Certificates(makeSite({}))
  .selfSigned('shop')
  .selfSigned('blog')
  .selfSigned('staff-ca', '/CN=Staff')
  .revoked('staff-ca', 'staff-ca');
const page = readFileSync(new URL('../../docs/tls.md', import.meta.url), 'utf8');
const configs = codeBlocks(page).filter(({ language }) => language === 'apache');

it.each(configs.map(({ line, text }) => [line, text] as const))(
  'the config in line %i of docs/tls.md has no mistakes',
  async (_, text) => {
    const file = files.path('httpd.conf');
    writeFileSync(file, text);
    const generation = await Generation.load({ file }, { builtIn: builtInPlugins, dry: true });
    await generation.close();
    expect(generation.hosts.main.config.listen.length).toBeGreaterThan(0);
  },
);
