import { DECLINED, type Directive, definePlugin } from 'sluice';
import { endTrace, startTrace } from './request-trace.ts';
import { listenToSteps, stopListening } from './steps.ts';
import { closeTracer, openTracer } from './tracers.ts';
import { type TraceContext, isTraceContext } from './trace-context.ts';

export { startSpan, traceHeaders } from './request-trace.ts';

declare module 'sluice' {
  interface Directives {
    /** Whether requests are traced. */
    otelTrace: Directive<boolean>;
    /** The collector's URL for traces, as OTLP over HTTP. */
    otelEndpoint: Directive<string>;
    /** The name of this service in traces. */
    otelServiceName: Directive<string>;
    /** The share of the traces begun here that are kept, from 0 to 1. */
    otelSampling: Directive<number | string, number>;
    /** Whether a caller's trace is continued (`extract`), and told to handlers, proxies and clients (`inject`). */
    otelTraceContext: Directive<TraceContext>;
    /** The name of the span; the method by default. */
    otelSpanName: Directive<string, string | undefined>;
  }
}

export default definePlugin({
  name: 'opentelemetry',
  directives: {
    OtelTrace: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether requests are traced.',
      contexts: ['server config', 'virtual host', 'directory'],
      default: true,
    },
    OtelEndpoint: {
      takes: 'one',
      usage: 'url',
      help: "The collector's URL for traces, as OTLP over HTTP.",
      contexts: ['server config', 'virtual host'],
      default: 'http://127.0.0.1:4318/v1/traces',
      parse([url = ''], site) {
        if (/^https?:\/\//.test(url) && URL.canParse(url)) return url;
        return site.fail(`OtelEndpoint takes a URL such as http://127.0.0.1:4318/v1/traces, not "${url}"`);
      },
    },
    OtelServiceName: {
      takes: 'one',
      usage: 'name',
      help: 'The name of this service in traces.',
      contexts: ['server config', 'virtual host'],
      default: 'sluice',
    },
    OtelSampling: {
      takes: 'one',
      usage: 'share',
      help: 'The share of the traces begun here that are kept, from 0 to 1; for others the caller has decided.',
      contexts: ['server config', 'virtual host'],
      default: 1,
      parse([share = ''], site) {
        if (/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(share)) return Number(share);
        return site.fail(`OtelSampling takes a number from 0 to 1, not "${share}"`);
      },
    },
    OtelTraceContext: {
      takes: 'one',
      usage: 'propagate | extract | inject | ignore',
      help: "Whether a caller's trace is continued (extract) and told to handlers, proxies and clients (inject); propagate is both.",
      contexts: ['server config', 'virtual host'],
      default: 'propagate',
      parse([word = ''], site) {
        const wanted = word.toLowerCase();
        if (isTraceContext(wanted)) return wanted;
        return site.fail(`OtelTraceContext takes propagate, extract, inject or ignore, not "${word}"`);
      },
    },
    OtelSpanName: {
      takes: 'one',
      usage: 'name',
      help: 'The name of the span; without it, the method.',
      contexts: ['server config', 'virtual host', 'directory'],
    },
  },
  setup(server) {
    openTracer(server);
    listenToSteps();
  },
  async close(server) {
    stopListening();
    await closeTracer(server);
  },
  phases: {
    postReadRequest: {
      order: 'first',
      when: ({ otelTrace }) => otelTrace,
      handler(r) {
        if (r.isInitial) startTrace(r);
        return DECLINED;
      },
    },
    log: { order: 'last', when: ({ otelTrace }) => otelTrace, handler: endTrace },
  },
});
