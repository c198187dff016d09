import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Explanation } from '../../core/explain.ts';
import { makeFolder, sluice } from './sluice.ts';

const site = fileURLToPath(new URL('../../examples/site', import.meta.url));

let folder: string;
let remove: () => void;

beforeAll(() => {
  ({ folder, remove } = makeFolder({
    'httpd.conf': `ServerName main.example
DocumentRoot ./htdocs
<Directory />
  AllowOverride All
</Directory>
<Location /secret>
  TypeHandler ./loud.ts
  ContentHandler ./loud.ts
</Location>
<VirtualHost *>
  ServerName main.example
</VirtualHost>
<VirtualHost *>
  ServerName shop.example
  <If "%{HTTP:X-Kind} == 'b'">
    SetHandler nowhere
  </If>
</VirtualHost>
`,
    'htdocs/.htaccess': 'DirectoryIndex other.html\n',
    'htdocs/page.html': '<p>',
    'htdocs/broken/.htaccess': 'Nonsense\n',
    'knock.conf': `ServerName main.example
OutputFilter UPPER ./upper.ts
SetConnectionOutputFilter UPPER
ProtocolEcho On
ConnectionHandler ./loud.ts
`,
    'upper.ts': 'export default { type: "network", data: (chunk, f) => f.passOn(chunk) };\n',
    'loud.ts': 'export default () => { console.log("I RAN"); return "x"; };\n',
  }));
});
afterAll(() => remove());

async function explain(...args: readonly string[]): Promise<Explanation> {
  const { stdout } = await sluice(folder, 'explain', ...args, '--json');
  return JSON.parse(stdout) as Explanation;
}

const namesIn = ({ phases }: Explanation, phase: string): string[] =>
  phases.find(({ name }) => name === phase)!.steps.map(({ name }) => name);

describe('sluice explain', () => {
  it('shows sections with their lines, handlers with their places, and filters in order', async () => {
    const { status, stdout } = await sluice(site, 'explain', 'get', '/staff/notes.shout.txt', '-c', 'httpd.conf');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^GET \/staff\/notes\.shout\.txt\n\n/);
    expect(stdout).toMatch(new RegExp(`^  file +${site}/htdocs/staff/notes.shout.txt$`, 'm'));
    expect(stdout).toMatch(
      /^ {2}server config +httpd\.conf\n {2}<Files \*\.shout\.txt> +httpd\.conf:\d+\n {2}<Location \/staff> +httpd\.conf:\d+\n/m,
    );
    expect(stdout).toMatch(/^ {2}authenticate +first +authenticate +auth_basic +plugin hook$/m);
    expect(stdout).toMatch(/^ {2}content +content +default-handler +static +named handler$/m);
    expect(stdout).toMatch(/^ {2}mapToStorage +first +-$/m);
    expect(stdout).toMatch(/^ {2}SHOUT +resource\n/m);
  });

  it('shows a handler that the config lists, before the default one, and what its route captured', async () => {
    const { stdout } = await sluice(site, 'explain', 'GET', '/users/7', '-c', 'httpd.conf');
    expect(stdout).toMatch(/^ {2}params +\{"id":"7"\}$/m);
    expect(stdout).toMatch(
      /^ {2}content +content +\.\/handlers\/users\.ts::show +core +configured\n +default-handler/m,
    );
  });

  it('runs no handler, and names those that could have changed the rest', async () => {
    const { stdout } = await sluice(folder, 'explain', 'GET', '/secret');
    expect(stdout).not.toContain('I RAN');
    expect(stdout).toContain('Not run here, but able to change the rest\n  type: ./loud.ts (core)\n');
  });

  it('sees .htaccess files', async () => {
    const { sections, contentType } = await explain('GET', '/page.html');
    expect(sections.map(({ name }) => name)).toEqual([
      'server config',
      '<VirtualHost *>',
      '<Directory />',
      '.htaccess',
    ]);
    expect(sections.at(-1)).toEqual({ name: '.htaccess', file: join(folder, 'htdocs/.htaccess'), line: 0 });
    expect(contentType).toBe('text/html');
  });

  it('chooses the virtual host by the URL or by a Host header', async () => {
    const [byUrl, byHeader] = await Promise.all([
      explain('GET', 'http://shop.example/'),
      explain('GET', '/', '-H', 'Host: shop.example'),
    ]);
    expect(byUrl.server).toEqual({ name: 'shop.example', file: join(folder, 'httpd.conf'), line: 13 });
    expect(byHeader).toEqual({ ...byUrl, url: '/' });
  });

  it('decides conditions by the headers given, and shows the handler that SetHandler names', async () => {
    const [without, withHeader] = await Promise.all([
      explain('GET', 'http://shop.example/'),
      explain('GET', 'http://shop.example/', '-H', 'X-Kind: b'),
    ]);
    expect(namesIn(without, 'content')).toEqual(['default-handler']);
    expect(namesIn(withHeader, 'content')).toEqual(['nowhere', 'default-handler']);
  });

  it('says that a bad target is refused, and shows only what is reached', async () => {
    const { status, stdout } = await sluice(folder, 'explain', 'GET', '/%zz');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}refused +with 400;/m);
    expect(stdout).not.toContain('translate');
    expect(stdout).toMatch(/^ {2}log +failsafe/m);
  });

  it('says that a folder with a bad .htaccess is refused, and why', async () => {
    const { stdout, stderr } = await sluice(folder, 'explain', 'GET', '/broken/');
    expect(stdout).toMatch(/^ {2}refused +with 500;/m);
    expect(stderr).toContain(`${join(folder, 'htdocs/broken/.htaccess')}:1: unknown directive Nonsense`);
  });

  it.each([
    [['GET'], 'explain takes METHOD URL, as in: sluice explain GET /, but was given: GET'],
    [['/', 'GET'], 'explain takes a method such as GET first, not "/"'],
    [['GET', 'x'], 'expected a path such as /a/b, or a whole URL, but was given "x"'],
    [['GET', '/', '-H', 'nothing'], `-H takes 'Name: value', not "nothing"`],
  ])('ends with 2 for %j', async (args, message) => {
    expect(await sluice(folder, 'explain', ...args)).toEqual({ status: 2, stdout: '', stderr: `error: ${message}\n` });
  });

  it('ends with 1 where the config is wrong', async () => {
    const { status, stderr } = await sluice(folder, 'explain', 'GET', '/', '-c', 'nowhere.conf');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `error: there is no config file ${join(folder, 'nowhere.conf')}\n`,
    });
  });

  it('shows who is asked about the connection, and the filters on it', async () => {
    const explained = await explain('GET', '/', '-c', 'knock.conf');
    expect(explained.phases[0]).toEqual({
      name: 'connection',
      rule: 'first',
      steps: [
        { plugin: 'core', name: './loud.ts', place: 'configured' },
        { plugin: 'echo', name: 'sendBack', place: 'plugin hook' },
      ],
    });
    expect(explained.outputFilters.at(-1)).toEqual({ name: 'UPPER', type: 'network' });
    const { phases } = await explain('GET', '/', '-c', 'httpd.conf');
    expect(phases[0]!.name).toBe('postReadRequest');
  });
});
