// A server with a config of its own, which says where it listens: node serve-config.mjs FILE
import { createApp } from '../dist/index.js';

// Whatever becomes of the parent, this process doesn't outlive it.
process.once('disconnect', () => process.exit());

const app = createApp(process.argv[2] ?? '');
await app.ready();
app.listen();
