import { describe, expect, it } from '@jest/globals';
import { OK, type RequestRecord } from '../../index.ts';
import { collectLog, makeSite, runRequest } from '../../testing/index.ts';

describe('runRequest', () => {
  it('carries a request through all phases', async () => {
    const walked: string[] = [];
    const note = (r: RequestRecord): typeof OK => (walked.push(r.phase!), OK);
    const { status, headers, text } = await runRequest(
      { method: 'POST', url: '/a?b=1', headers: { 'Content-Type': 'application/json' }, body: '{"c":2}' },
      {
        accessHandler: note,
        fixupHandler: note,
        contentHandler: async (r) => ({ uri: r.uri, args: r.args, body: await r.json() }),
        logHandler: note,
        cleanupHandler: note,
      },
    );
    expect(walked).toEqual(['access', 'fixup', 'log', 'cleanup']);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('application/json');
    expect(JSON.parse(text)).toEqual({ uri: '/a', args: 'b=1', body: { c: 2 } });
  });

  it('serves files of a config file, in parts and through filters', async () => {
    const site = makeSite({
      'httpd.conf':
        'DocumentRoot ./htdocs\n<Location />\nSetOutputFilter SUBSTITUTE\nSubstitute s/old/new/\n</Location>',
      'htdocs/a.txt': 'an old text',
    });
    const config = site.path('httpd.conf');
    expect(await runRequest({ url: '/a.txt' }, config)).toMatchObject({ status: 200, text: 'an new text' });
    expect(await runRequest({ url: '/missing' }, config)).toMatchObject({ status: 404 });
    expect((await runRequest({ method: 'HEAD', url: '/a.txt' }, config)).body).toHaveLength(0);
    site.remove();
  });

  it('chooses the virtual host by the URL, as a client does', async () => {
    const virtualHost = { virtualHost: '*:80', serverName: 'b.example', contentHandler: () => 'B' };
    const config = { serverName: 'a.example', contentHandler: () => 'A', sections: [virtualHost] };
    expect((await runRequest({ url: 'http://b.example/' }, config)).text).toBe('B');
  });

  it('shows an answer that was cut', async () => {
    const log = collectLog();
    const contentHandler = async (r: RequestRecord): Promise<never> => {
      await r.write('half');
      await r.flush();
      throw new Error('no good');
    };
    expect(await runRequest({}, { plugins: [log], contentHandler })).toMatchObject({ text: 'half', cut: true });
    expect(log.messages()[0]).toContain('no good');
  });

  it('rejects with the error of a bad config', async () => {
    await expect(runRequest({}, { documentRoot: './missing' })).rejects.toThrow('DocumentRoot must be a folder');
  });
});
