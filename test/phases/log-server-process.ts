import { createApp } from '../../index.ts';
import { logConfig } from '../../phases/log-config.ts';
import { builtInPlugins } from '../../built-in-plugins.ts';

/** Serves answers of several sizes with the access log named by its argument, and prints the port. */
const app = createApp({
  listen: '127.0.0.1:0',
  ...(builtInPlugins.includes(logConfig) ? {} : { plugins: [logConfig] }),
  customLog: [process.argv[2]!, '%{X-Number}i'],
  sections: [
    { location: '/small', contentHandler: () => 'x' },
    { location: '/large', contentHandler: () => Buffer.alloc(300_000) },
    {
      location: '/slow',
      async *contentHandler() {
        yield 'a';
        await new Promise(setImmediate);
        yield 'b';
      },
    },
  ],
} as never);
console.log((await app.start())[0]);
