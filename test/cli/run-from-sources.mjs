// The command from its TypeScript sources, for child processes of tests; no build is needed.
import { createJiti } from 'jiti';

await createJiti(import.meta.url).import('../../cli/main.ts');
