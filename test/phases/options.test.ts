import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'a/b/c/x': '',
  'list/.htaccess': 'Options SymLinksIfOwnerMatch\n',
  'list/x.txt': 'x',
  'list/link/.htaccess': 'Options FollowSymLinks\n',
  'list/link/x.txt': 'x',
});

/** The options in force at `/a/b/c` when each folder on the way says something. */
const inForce = async (...lines: readonly string[]): Promise<readonly string[]> => {
  const folders = ['', '/a', '/a/b', '/a/b/c'];
  const app = testApp({
    documentRoot: site,
    sections: [
      ...lines.map((options, depth) => ({ directory: site + folders[depth]!, options })),
      { location: '/', contentHandler: (r: RequestRecord) => [...r.config.options.on].sort() },
    ],
  });
  return (await request(app).get('/a/b/c/x')).body as string[];
};

describe('Options', () => {
  it.each([
    [[], []],
    [['FollowSymLinks'], ['followsymlinks']],
    [['followsymlinks SYMLINKSIFOWNERMATCH'], ['followsymlinks', 'symlinksifownermatch']],
    [['FollowSymLinks', 'SymLinksIfOwnerMatch'], ['symlinksifownermatch']],
    [
      ['FollowSymLinks', '+SymLinksIfOwnerMatch'],
      ['followsymlinks', 'symlinksifownermatch'],
    ],
    [['FollowSymLinks', '-FollowSymLinks'], []],
    [
      ['FollowSymLinks', '-FollowSymLinks +SymLinksIfOwnerMatch', '+FollowSymLinks'],
      ['followsymlinks', 'symlinksifownermatch'],
    ],
    [['All'], ['followsymlinks', 'includes', 'includesexec', 'indexes']],
    [['Includes'], ['includes', 'includesexec']],
    [['IncludesNOEXEC'], ['includes']],
    [['Includes', '+IncludesNOEXEC'], ['includes']],
    [
      ['IncludesNOEXEC', '+Includes'],
      ['includes', 'includesexec'],
    ],
    [['Includes', '-Includes'], []],
    [['All', 'None'], []],
    [['None', '+FollowSymLinks'], ['followsymlinks']],
  ])('%j leaves %j in force', async (lines, options) => {
    expect(await inForce(...lines)).toEqual(options);
  });

  it('merges lines of one section in their order', async () => {
    const lines = ['FollowSymLinks', '-FollowSymLinks', '+SymLinksIfOwnerMatch'];
    const app = testApp({
      options: lines.map((line) => [line]),
      contentHandler: (r: RequestRecord) => [...r.config.options.on],
    });
    await request(app).get('/').expect(200, ['symlinksifownermatch']);
  });

  it.each([
    ['FollowSymLinks -SymLinksIfOwnerMatch', 'either all options have a sign or none'],
    ['FollowSymLinks None', 'must be the first option and has no sign'],
    ['+All', 'must be the first option and has no sign'],
    ['-ExecCGI', 'not supported yet'],
    ['FolowSymLinks', 'did you mean "FollowSymLinks"?'],
  ])('%j is an error', async (options, message) => {
    await expect(testApp({ options })).rejects.toThrow(message);
  });

  it('in .htaccess may only name what AllowOverride lists', async () => {
    const app = testApp({
      documentRoot: site,
      sections: [{ directory: `${site}/list`, allowOverride: 'Options=SymLinksIfOwnerMatch' }],
    });
    await request(app).get('/list/x.txt').expect(200, 'x');
    await request(app).get('/list/link/x.txt').expect(500);
  });
});
