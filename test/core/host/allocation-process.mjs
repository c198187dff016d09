// Prints how many bytes of the heap the engine takes for a request: its record, the phases and the head of the response.
import { Session } from 'node:inspector/promises';
import { createApp } from '../../../dist/index.js';
import { ConnectionRecord } from '../../../dist/core/connection-record.js';
import { pipeline } from '../../../dist/core/pipeline.js';
import { RequestRecord } from '../../../dist/core/request-record.js';
import { ResponseWriter } from '../../../dist/core/response-writer.js';

const app = createApp({ sections: [{ location: '/hello', contentHandler: () => 'Hello World!' }] });
await app.ready();
const server = app.generation.hosts.main;
const connection = new ConnectionRecord({ remoteAddress: '127.0.0.1', localAddress: '127.0.0.1' });
const head = { method: 'GET', url: '/hello', httpVersion: '1.1', rawHeaders: ['Host', 'localhost'] };
const sink = { aborted: false, start() {}, end() {} };
const exit = { log: () => undefined, depart: (send) => send() };

function serve() {
  const exchange = { engine: pipeline, writer: new ResponseWriter(sink, exit), bytesRead: 0 };
  const r = new RequestRecord(head, connection, server, exchange);
  void pipeline.serve(r);
  if (!exchange.writer.ended || r.status !== 200) throw new Error(`the answer has the status ${r.status}`);
  pipeline.logRequest(r);
  pipeline.cleanUp(r);
}

const count = 5_000;
// Compiled code allocates less: what is measured is what it comes down to.
for (let times = 0; times < 20 * count; times++) serve();
const session = new Session();
session.connect();
await session.post('HeapProfiler.startSampling', {
  samplingInterval: 256,
  includeObjectsCollectedByMajorGC: true,
  includeObjectsCollectedByMinorGC: true,
});
for (let times = 0; times < count; times++) serve();
const { profile } = await session.post('HeapProfiler.stopSampling');
console.log(Math.round(sizeOf(profile.head) / count));

function sizeOf({ selfSize, children }) {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}
