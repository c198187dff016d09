// Writes the pages that are made from the sources: `npm run docs`; and what the public surface is held to: `npm run surface`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createJiti } from 'jiti';

const jiti = createJiti(import.meta.url);
const { directivesPage } = await jiti.import('./directives-page.ts');
const { apiPages, surfaceText } = await jiti.import('./reference/api-pages.ts');
const { emitDeclarations } = await jiti.import('./reference/emit-declarations.ts');

const declarations = emitDeclarations();
if (process.argv[2] === 'surface') {
  writeFileSync(new URL('../test/docs/public-surface.txt', import.meta.url), surfaceText(declarations));
} else {
  writeFileSync(new URL('directives.md', import.meta.url), directivesPage());
  mkdirSync(new URL('api/', import.meta.url), { recursive: true });
  for (const [name, text] of apiPages(declarations)) writeFileSync(new URL(`api/${name}`, import.meta.url), text);
}
rmSync(declarations, { recursive: true });
