import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { enable, makeApacheHouse } from './apache-house.ts';
import { Running, makeFolder, sluice } from './sluice.ts';

const houses: { remove: () => void }[] = [];
afterEach(() => houses.splice(0).forEach(({ remove }) => remove()));

function house(more?: Readonly<Record<string, string>>): string {
  const made = makeApacheHouse(more);
  houses.push(made);
  return made.folder;
}

describe('sluice check --from-apache', () => {
  it('says of every line what becomes of it, and that it would start', async () => {
    const folder = house();
    const { status, stdout, stderr } = await sluice(folder, 'check', '--from-apache', '.');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [works = '', ignored = '', refused] = stdout.trimEnd().split('\n\n');
    expect(works).toMatch(/^works: \d+\n/);
    expect(works).toMatch(/^ {2}apache2\.conf:4 +Timeout$/m);
    expect(works).toMatch(/^ {2}sites-enabled\/000-default\.conf:3 +DocumentRoot$/m);
    expect(ignored).toMatch(
      /^ {2}mods-enabled\/mpm_event\.conf:2 +MaxRequestWorkers: one process serves all requests/m,
    );
    expect(ignored).toMatch(/^ {2}apache2\.conf:5 +User: the server stays the user that starts it/m);
    expect(refused).toBe('not supported: 0');
  });

  it('lists everything that keeps the house from starting at once, and fails', async () => {
    const folder = house({ 'conf-available/odd.conf': 'Include nowhere.conf\nNonsense on\nSetHandler cgi-script\n' });
    enable(folder, 'mods', 'ssl.load');
    enable(folder, 'mods', 'proxy.load');
    enable(folder, 'conf', 'odd.conf');
    enable(folder, 'sites', 'secure.conf');
    const { status, stdout, stderr } = await sluice(folder, 'check', '--from-apache', folder);
    expect(status).toBe(1);
    expect(stderr).toBe('error: it would not start; 5 lines are not supported\n');
    const refused = stdout.slice(stdout.indexOf('not supported: 5'));
    expect(refused).toMatch(/^ {2}conf-enabled\/odd\.conf:1 +Include nowhere\.conf: no such file/m);
    expect(refused).toMatch(/^ {2}conf-enabled\/odd\.conf:2 +unknown directive Nonsense/m);
    expect(refused).toMatch(/^ {2}conf-enabled\/odd\.conf:3 +SetHandler: there is no such handler/m);
    expect(refused).toMatch(/^ {2}sites-enabled\/000-default\.conf:6 +ProxyPass: requests are not passed on/m);
    expect(refused).toMatch(/^ {2}sites-enabled\/secure\.conf:4 +SSLFIPS: the mode is the Node process/m);
  });

  it('knows the layout with conf/httpd.conf and a ServerRoot, too', async () => {
    const { folder, remove } = makeFolder({
      'conf.modules.d/00-base.conf': 'LoadModule systemd_module x.so\nLoadModule alias_module x.so\n',
      'conf.d/site.conf':
        '<IfModule alias_module>\nAlias /a "www/a"\n</IfModule>\n<IfModule ssl_module>\nSSLEngine on\n</IfModule>\n',
      'www/index.html': '',
      'logs/.keep': '',
    });
    houses.push({ remove });
    mkdirSync(join(folder, 'conf'));
    writeFileSync(
      join(folder, 'conf/httpd.conf'),
      `ServerRoot "${folder}"\nInclude conf.modules.d/*.conf\nDocumentRoot www\nErrorLog logs/error_log\nIncludeOptional conf.d/*.conf\n`,
    );
    const { status, stdout } = await sluice(folder, 'check', '--from-apache', '.');
    expect(stdout).toMatch(/^ {2}conf\.d\/site\.conf:2 +Alias$/m);
    expect(stdout).toMatch(/^ {2}conf\.modules\.d\/00-base\.conf:1 +LoadModule: one process serves all requests/m);
    expect(status).toBe(0);
  });

  it('prints JSON for programs', async () => {
    const { stdout } = await sluice(house(), 'check', '--from-apache', '.', '--json');
    expect(JSON.parse(stdout)).toContainEqual({
      verdict: 'ignored',
      file: expect.stringMatching(/conf-enabled\/security\.conf$/),
      line: 2,
      name: 'TraceEnable',
      reason: 'TRACE is never answered',
      count: 1,
    });
  });

  it('wants the folder of an Apache, and no other config', async () => {
    const { folder, remove } = makeFolder({ 'readme.txt': '' });
    houses.push({ remove });
    expect((await sluice(folder, 'check', '--from-apache', '.')).stderr).toBe(
      `error: there is no config of an Apache in ${folder}: looked for apache2.conf, httpd.conf, conf/httpd.conf\n`,
    );
    expect(await sluice(folder, 'check', '--from-apache', '.', '-c', '.')).toMatchObject({
      status: 2,
      stderr: 'error: check takes either -c FILE or --from-apache FOLDER, not both\n',
    });
  });
});

describe('sluice serve of a Debian house', () => {
  it('serves the site, and says once what it ignores', async () => {
    const folder = house();
    const running = new Running(folder, ['serve', '-c', 'apache2.conf']);
    const [url] = await running.urls();
    const response = await fetch(url!);
    expect({ status: response.status, text: await response.text() }).toEqual({
      status: 200,
      text: '<p>It works</p>\n',
    });
    running.child.kill();
    const { stderr } = await running.ended;
    expect(stderr.split('\n')).toEqual([
      `warning: ${join(folder, 'apache2.conf')}:5: User is ignored: the server stays the user that starts it; start it as the one it shall be`,
      expect.stringMatching(
        /^warning: 7 lines without a meaning here are ignored: LoadModule, DefaultRuntimeDir, PidFile,/,
      ),
      '',
    ]);
  });

  it('names all lines that it can not serve with', async () => {
    const folder = house();
    writeFileSync(join(folder, 'sites-available/000-default.conf'), 'SSLFIPS on\nProxyPass / http://127.0.0.1:1/\n');
    const { status, stderr } = await sluice(folder, 'serve', '-c', 'apache2.conf');
    expect(status).toBe(1);
    expect(stderr).toMatch(/sites-enabled\/000-default\.conf:1: SSLFIPS: the mode is/);
    expect(stderr).toMatch(/sites-enabled\/000-default\.conf:2: ProxyPass: requests are not passed on/);
  });
});
