-- Method and body come by the environment; the figures leave as one line of JSON.
wrk.method = os.getenv('BENCH_METHOD')
wrk.body = os.getenv('BENCH_BODY')

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requestsPerSecond":%.3f,"p99":%.3f,"badStatus":%d,"socketErrors":%d}',
    summary.requests / (summary.duration / 1e6),
    latency:percentile(99) / 1000,
    errors.status,
    errors.connect + errors.read + errors.write + errors.timeout
  ))
end
