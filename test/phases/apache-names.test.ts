import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { builtInPlugins } from '../../built-in-plugins.ts';
import { startTimeDirectives } from '../../core/config/start-time-directives.ts';
import { apacheNames } from '../../phases/apache-names.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const { directives, modules } = apacheNames.foreignNames!;
const known = new Set([
  ...builtInPlugins.flatMap((plugin) => Object.keys(plugin.directives ?? {}).map((name) => name.toLowerCase())),
  ...startTimeDirectives.keys(),
]);

const site = makeSite({
  'a.txt': 'a',
  'modules/.htaccess':
    '<IfModule mod_mime.c>\nHeader set X-Mime yes\n</IfModule>\n<IfModule mod_dir.c>\nHeader set X-Dir yes\n</IfModule>\n',
  'modules/a.txt': 'a',
  'quiet/.htaccess': 'ServerSignature Off\n',
  'quiet/a.txt': 'quiet',
  'php/.htaccess': 'php_value memory_limit 1G\n',
  'php/a.txt': 'php',
});

function app(lines: string): ReturnType<typeof testApp> {
  writeFileSync(`${site}/httpd.conf`, `DocumentRoot .\n${lines}\n`);
  return testApp(`${site}/httpd.conf`);
}

describe("Apache's names without a meaning here", () => {
  it('are none of the directives that there are', () => {
    const always = Object.entries(directives).filter(([, lines]) =>
      [lines].flat().every(({ when }) => when === undefined),
    );
    expect(always.length).toBeGreaterThan(300);
    expect(always.map(([name]) => name).filter((name) => known.has(name.toLowerCase()))).toEqual([]);
  });

  it('are none of the modules that there are', () => {
    const aliases = new Set(builtInPlugins.flatMap((plugin) => plugin.aliases ?? []));
    expect(Object.keys(modules).filter((name) => aliases.has(name))).toEqual([]);
  });

  it.each([
    'MaxRequestWorkers 150',
    'servertokens Prod',
    'LoadModule mpm_prefork_module modules/mod_mpm_prefork.so',
    'LoadModule ssl_module modules/mod_ssl.so\nSSLSessionCache none',
    'SSLEngine off',
    '<Location /server-status>\nSetHandler server-status\n</Location>',
    'ProxyRequests Off',
  ])('are skipped where nothing is different without them: %s', async (lines) => {
    await request(await app(lines))
      .get('/a.txt')
      .expect(200, 'a');
  });

  it.each([
    ['SSLFIPS on', "SSLFIPS: the mode is the Node process's"],
    ['SSLOCSPEnable on', 'SSLOCSPEnable: nobody asks by OCSP'],
    ['LoadModule php_module x.so', 'php_module: programs of other languages are not run'],
    ['LoadModule security2_module x.so', 'security2_module: nothing here does what it protects from'],
    ['AddHandler application/x-httpd-php .php', 'AddHandler: there is no such handler'],
    ['AddType application/x-httpd-php .php', 'AddType: there is no such handler'],
    ['<FilesMatch "\\.php$">\nSetHandler "proxy:fcgi://127.0.0.1:9000"\n</FilesMatch>', 'SetHandler: there is no such'],
    ['<Proxy *>\nRequire all denied\n</Proxy>', 'Proxy: requests are not passed on'],
    ['PythonHandler hello', 'PythonHandler: handlers are written in TypeScript'],
  ])('are refused where the site would be another one: %s', async (lines, message) => {
    await expect(app(lines)).rejects.toThrow(message);
  });

  it('are refused all at once', async () => {
    const lines = 'LoadModule perl_module x.so\nSSLFIPS on\n<Location /b>\nSetHandler cgi-script\n</Location>';
    await expect(app(lines)).rejects.toThrow(/:2: perl_module: .*\n.*:3: SSLFIPS: .*\n.*:5: SetHandler: /);
  });

  it('have the same answers in .htaccess files', async () => {
    const listener = await app(`<Directory ${site}>\nAllowOverride All\n</Directory>`);
    await request(listener).get('/quiet/a.txt').expect(200, 'quiet');
    await request(listener).get('/php/a.txt').expect(500);
  });
});

describe('IfModule in a config that loads modules', () => {
  const ask = async (lines: string, name: string): Promise<boolean> => {
    const listener = await app(`${lines}\n<IfModule ${name}>\nAlias /seen a.txt\n</IfModule>`);
    const { status } = await request(listener).get('/seen');
    return status === 200;
  };

  it('asks for the modules that were loaded, whatever else is built in', async () => {
    const load = 'LoadModule mime_module x.so\nLoadModule ssl_module x.so';
    expect(await ask(load, 'mime_module')).toBe(true);
    expect(await ask(load, 'mod_mime.c')).toBe(true);
    expect(await ask(load, 'mod_ssl.c')).toBe(true);
    expect(await ask(load, 'mod_dir.c')).toBe(false);
    expect(await ask(load, '!mod_dir.c')).toBe(true);
    expect(await ask(load, 'mod_log_config.c')).toBe(true);
  });

  it('goes for .htaccess files, too', async () => {
    const load = 'LoadModule mime_module x.so\nLoadModule headers_module x.so';
    const listener = await app(`${load}\n<Directory ${site}>\nAllowOverride All\n</Directory>`);
    const { headers } = await request(listener).get('/modules/a.txt').expect(200);
    expect(headers).toMatchObject({ 'x-mime': 'yes' });
    expect(headers).not.toHaveProperty('x-dir');
  });

  it('asks for the plugins by their own names, whatever is loaded', async () => {
    const load = 'LoadModule mime_module x.so';
    expect(await ask(load, 'dir')).toBe(true);
    expect(await ask('LoadModule mime', 'mod_dir.c')).toBe(true);
    expect(await ask('Plugin mime', 'mod_dir.c')).toBe(true);
  });

  it('asks for the plugins where nothing is loaded', async () => {
    expect(await ask('', 'mod_dir.c')).toBe(true);
    expect(await ask('', 'mod_proxy.c')).toBe(false);
  });
});
