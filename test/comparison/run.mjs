// The comparison from its TypeScript sources: `npm run compare` and `npm run compare:record`.
import { createJiti } from 'jiti';

process.env.TZ = 'UTC';
const { main } = await createJiti(import.meta.url).import('./main.ts');
await main(process.argv.slice(2));
