import type { Tracer } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { ServerRecord } from 'sluice';

/** Milliseconds that a collector may take; a server that stops waits for it. */
const patience = 5_000;

const providers = new WeakMap<ServerRecord, BasicTracerProvider>();

/** Makes what sends the spans of a virtual host away, in batches. */
export function openTracer(server: ServerRecord): void {
  const { otelEndpoint, otelServiceName, otelSampling } = server.config;
  const exporter = new OTLPTraceExporter({ url: otelEndpoint, timeoutMillis: patience });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': otelServiceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(otelSampling) }),
    spanProcessors: [new BatchSpanProcessor(reporting(exporter, server, otelEndpoint))],
  });
  providers.set(server, provider);
}

/** Sends what is left. */
export async function closeTracer(server: ServerRecord): Promise<void> {
  // What it fails with, the exporter has reported.
  await providers
    .get(server)
    ?.shutdown()
    .catch(() => undefined);
}

export function tracerOf(server: ServerRecord): Tracer | undefined {
  return providers.get(server)?.getTracer('sluice-plugin-opentelemetry');
}

/** Says in the error log when spans are lost. */
function reporting(exporter: SpanExporter, server: ServerRecord, endpoint: string): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result: ExportResult) => {
        if (result.code !== ExportResultCode.SUCCESS) {
          const reason = result.error?.message ?? 'no reason given';
          server.log.log(
            'warn',
            `${spans.length} spans are lost, as ${endpoint} did not take them: ${reason}`,
            'opentelemetry',
          );
        }
        done(result);
      });
    },
    shutdown: async () => await exporter.shutdown(),
  };
}
