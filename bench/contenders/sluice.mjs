import { join } from 'node:path';
import { createApp } from '../../dist/index.js';

/**
 * @param {string} workload
 * @param {number} port
 */
export async function serve(workload, port) {
  const app = createApp(join(import.meta.dirname, `../sluice/${workload}.conf`));
  await app.ready();
  app.listen(port, '127.0.0.1');
}
