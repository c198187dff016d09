// Writes the pages that are made from the sources: `npm run docs`.
import { writeFileSync } from 'node:fs';
import { createJiti } from 'jiti';

const { directivesPage } = await createJiti(import.meta.url).import('./directives-page.ts');
writeFileSync(new URL('directives.md', import.meta.url), directivesPage());
