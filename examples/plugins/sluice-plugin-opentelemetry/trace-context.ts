import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Table } from 'sluice';

const modes = ['propagate', 'extract', 'inject', 'ignore'] as const;

/** The words of nginx's `otel_trace_context`. */
export type TraceContext = (typeof modes)[number];

export function isTraceContext(word: string): word is TraceContext {
  return (modes as readonly string[]).includes(word);
}

export const extracts = (mode: TraceContext): boolean => mode === 'propagate' || mode === 'extract';
export const injects = (mode: TraceContext): boolean => mode === 'propagate' || mode === 'inject';

const propagator = new W3CTraceContextPropagator();

/** The caller's trace, where its headers name one. */
export function readTrace(headers: Table): Context {
  return propagator.extract(ROOT_CONTEXT, headers, {
    get: (table, name) => table.get(name),
    keys: (table) => Array.from(table, ([name]) => name),
  });
}

/** `traceparent` and, where there is one, `tracestate`. */
export function writeTrace(context: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(context, headers, { set: (carrier, name, value) => (carrier[name] = value) });
  return headers;
}
