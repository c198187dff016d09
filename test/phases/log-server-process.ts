import { corePlugin } from '../../core/core-plugin.ts';
import { Application } from '../../core/host/application.ts';
import { logConfig } from '../../phases/log-config.ts';

/** Serves answers of several sizes with the access log named by its argument, and prints its URL. */
const config = {
  listen: '127.0.0.1:0',
  customLog: [process.argv[2]!, '%{X-Number}i'] as const,
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
};
const app = new Application({ config, folder: process.cwd() }, { builtIn: [corePlugin, logConfig] });
console.log((await app.start())[0]);
