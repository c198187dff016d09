import { createApp } from '../../../index.ts';
import { superviseProcess } from '../../../core/host/life-cycle.ts';

// Run as a program: serves the config given until it is told to stop.
const app = createApp(process.argv[2]!);
const [url] = await app.start();
const stopped = superviseProcess(app);
process.stdout.write(`${url}\n`);
await stopped;
process.stdout.write('stopped\n');
