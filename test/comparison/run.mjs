// The comparison from its TypeScript sources: `npm run compare` and `npm run compare:record`.
import { createJiti } from 'jiti';

process.env.TZ = 'UTC';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
const { main } = await createJiti(import.meta.url).import('./main.ts');
await main(process.argv.slice(2));
