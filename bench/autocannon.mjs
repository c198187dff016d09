// autocannon in a process of its own: node autocannon.mjs OPTIONS-AS-JSON; prints one line of JSON as wrk.lua does.
import autocannon from 'autocannon';

const options = JSON.parse(process.argv[2] ?? '{}');
const { requests, duration, latency, non2xx, errors } = await autocannon({ ...options, sampleInt: 100 });
console.log(
  JSON.stringify({
    requestsPerSecond: requests.total / duration,
    p99: latency.p99,
    badStatus: non2xx,
    socketErrors: errors,
  }),
);
