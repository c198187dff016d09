// A server with a config of its own, which says where it listens: node serve-config.mjs FILE [WORKERS]
import cluster from 'node:cluster';
import { createApp } from '../dist/index.js';

const [file = '', workers] = process.argv.slice(2);

// Whatever becomes of the parent, this process doesn't outlive it.
process.once('disconnect', () => process.exit());

if (workers !== undefined && cluster.isPrimary) {
  // The workers accept by themselves: the primary would need a message for each connection.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  for (let count = Number(workers); count > 0; count--) cluster.fork();
} else {
  const app = createApp(file);
  await app.ready();
  app.listen();
}
