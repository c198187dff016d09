import type { ComparisonCase } from '../comparison-case.ts';
import { folder } from '../rewriting.ts';

/** Which rules a folder has, by those around it. */
export const cases: readonly ComparisonCase[] = [
  folder(
    'An inner folder forgets the rules around it',
    {
      d: `
    RewriteRule ^x$ a.txt
    RewriteRule ^e/y$ e/a.txt`,
      e: 'RewriteRule ^z$ b.txt',
    },
    ['GET /d/x', 'GET /d/e/y', 'GET /d/e/z', 'GET /d/e/x'],
  ),
  folder('An inner folder with nothing but RewriteEngine', { d: 'RewriteRule y$ /a.txt', e: '' }, [
    'GET /d/y',
    'GET /d/e/y',
  ]),
  folder(
    'Inherit puts the outer rules behind, InheritBefore in front',
    {
      d: 'RewriteRule x$ /a.txt [L]\nRewriteRule only$ /b.txt [L]',
      e: 'RewriteOptions Inherit\nRewriteRule x$ b.txt [L]',
    },
    ['GET /d/e/x', 'GET /d/e/only', 'GET /d/x'],
  ),
  folder(
    'InheritBefore',
    {
      d: 'RewriteRule x$ /a.txt [L]',
      e: 'RewriteOptions InheritBefore\nRewriteRule x$ b.txt [L]\nRewriteRule y$ b.txt [L]',
    },
    ['GET /d/e/x', 'GET /d/e/y'],
  ),
  folder(
    'InheritDown',
    {
      d: 'RewriteOptions InheritDown\nRewriteRule x$ /a.txt [L]\nRewriteRule only$ /b.txt [L]',
      e: 'RewriteRule x$ b.txt [L]',
    },
    ['GET /d/e/x', 'GET /d/e/only'],
  ),
  folder(
    'InheritDownBefore',
    {
      d: 'RewriteOptions InheritDownBefore\nRewriteRule x$ /a.txt [L]',
      e: 'RewriteRule x$ b.txt [L]',
    },
    ['GET /d/e/x'],
  ),
  folder(
    'IgnoreInherit',
    {
      d: 'RewriteOptions InheritDown\nRewriteRule only$ /b.txt [L]',
      e: 'RewriteOptions IgnoreInherit\nRewriteRule x$ b.txt [L]',
    },
    ['GET /d/e/x', 'GET /d/e/only'],
  ),
  folder(
    'MergeBase keeps the outer RewriteBase',
    {
      d: 'RewriteOptions MergeBase\nRewriteBase /d/',
      e: 'RewriteRule x$ b.txt [R]\nRewriteRule y$ a.txt',
    },
    ['GET /d/e/x', 'GET /d/e/y'],
  ),
  folder(
    'A folder without its slash is left alone, unless AllowNoSlash',
    {
      d: 'RewriteRule ^$ a.txt',
      e: 'RewriteOptions AllowNoSlash\nRewriteRule e$ /b.txt',
    },
    ['GET /d', 'GET /d/', 'GET /d/e', 'GET /d/e/'],
  ),
  folder(
    'RewriteEngine Off in an inner place',
    {
      d: 'RewriteRule x$ /a.txt',
      e: 'RewriteEngine Off\nRewriteRule x$ /b.txt',
      config: '<Location /d/off>\n  RewriteEngine Off\n</Location>',
    },
    ['GET /d/x', 'GET /d/e/x', 'GET /d/off/x'],
  ),
  folder(
    'Only what AllowOverride permits',
    { d: 'RewriteRule ^one$ a.txt', config: '<Directory @ROOT@/htdocs/d>\n  AllowOverride AuthConfig\n</Directory>' },
    ['GET /d/one', 'GET /d/a.txt'],
  ),
  folder('Mistakes in .htaccess', { d: 'RewriteRule ^( a.txt', e: 'RewriteMap x int:tolower', top: '' }, [
    'GET /d/a.txt',
    'GET /d/e/a.txt',
    'GET /a.txt',
  ]),
  folder(
    'Rules in sections of the config',
    {
      config: `
    RewriteEngine On
    <Directory @ROOT@/htdocs/d>
      RewriteRule ^dir$ a.txt
      RewriteRule ^both$ a.txt
    </Directory>
    <Directory "@ROOT@/htdocs/*/e">
      RewriteRule wild$ /a.txt
    </Directory>
    <Location /loc>
      RewriteRule here$ /b.txt
      RewriteRule rel$ b.txt
    </Location>
    <Location /d/files>
      RewriteRule . /b.txt
    </Location>
    <Files named>
      RewriteRule . /b.txt
    </Files>
    <LocationMatch ^/lm>
      RewriteRule . /b.txt
    </LocationMatch>`,
    },
    [
      'GET /d/dir',
      'GET /d/both',
      'GET /d/e/wild',
      'GET /loc/here',
      'GET /loc/rel',
      'GET /d/files',
      'GET /named',
      'GET /lmx',
    ],
  ),
];
