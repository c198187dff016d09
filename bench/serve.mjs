// A contender's process: node serve.mjs CONTENDER WORKLOAD PORT
import { Session } from 'node:inspector/promises';

const [contender, workload = '', port] = process.argv.slice(2);

// Whatever becomes of the parent, this process doesn't outlive it.
process.once('disconnect', () => process.exit());

const inspector = new Session();
/** @type {Record<string, () => Promise<unknown>>} */
const requests = {
  async startProfile() {
    inspector.connect();
    await inspector.post('Profiler.enable');
    await inspector.post('Profiler.setSamplingInterval', { interval: 200 });
    await inspector.post('Profiler.start');
  },
  async stopProfile() {
    const { profile } = await inspector.post('Profiler.stop');
    return profile;
  },
};
process.on('message', (/** @type {string} */ request) => {
  void requests[request]?.().then((answer = 'done') => process.send?.(answer));
});

const { serve } = await import(`./contenders/${contender}.mjs`);
await serve(workload, Number(port));
