/** What the package lets others import from: the entry, its declaration file, and what it is for. */
export const entries = [
  { name: 'sluice', file: 'index.d.ts', purpose: 'What handlers, filters, plugins and configs are written with.' },
  {
    name: 'sluice/testing',
    file: 'testing/index.d.ts',
    purpose: 'What tests of handlers, filters, plugins and configs are written with: see [Testing](../testing.md).',
  },
  {
    name: 'sluice/handlers',
    file: 'handlers/index.d.ts',
    purpose: 'Content handlers that come with Sluice, and those that take in applications of other frameworks.',
  },
  { name: 'sluice/filters', file: 'filters/index.d.ts', purpose: 'Plugins whose work is done on bodies.' },
  {
    name: 'sluice/phases',
    file: 'phases/index.d.ts',
    purpose: 'Plugins that act before and after the content. All of them are there without being imported.',
  },
] as const;

export type Entry = (typeof entries)[number];
