// A key-value store that speaks the protocol of Redis.
//   npx sluice serve -c examples/resp/sluice.config.ts
//   redis-cli -p 6380 set greeting hello
import { defineConfig } from 'sluice';

export default defineConfig({
  listen: '127.0.0.1:6380',
  connectionHandler: './resp.ts',
});
