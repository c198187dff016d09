import { METHODS } from 'node:http';
import { isNativeError } from 'node:util/types';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { type RequestRecord, type TrailEntry, stateKey } from 'sluice';
import { extracts, injects, readTrace, writeTrace } from './trace-context.ts';
import { tracerOf } from './tracers.ts';

/** One phase of one record; redirects and subrequests have records of their own. */
interface PhaseTime {
  readonly r: RequestRecord;
  readonly started: number;
  ended: number;
  readonly steps: (TrailEntry & { readonly ended: number })[];
}

interface RequestTrace {
  readonly tracer: Tracer;
  readonly span: Span;
  readonly context: Context;
  readonly phases: PhaseTime[];
}

const traceKey = stateKey<RequestTrace>('opentelemetry.trace');

/** A page that is made of a thousand subrequests doesn't make a trace of ten thousand spans. */
const mostPhases = 100;

/** Begins the span of a request, as a part of the caller's trace where that is wanted. */
export function startTrace(r: RequestRecord): void {
  const tracer = tracerOf(r.server);
  if (tracer === undefined) return;
  const { otelTraceContext } = r.config;
  const parent = extracts(otelTraceContext) ? readTrace(r.headersIn) : ROOT_CONTEXT;
  const options = { kind: SpanKind.SERVER, startTime: r.started, attributes: requestAttributes(r) };
  const span = tracer.startSpan(r.method, options, parent);
  const context = trace.setSpan(parent, span);
  r.state.set(traceKey, { tracer, span, context, phases: [] });
  // For the access log: %{trace_id}n
  r.notes.set('trace_id', span.spanContext().traceId);
  if (!injects(otelTraceContext)) return;
  const headers = writeTrace(context);
  // Handlers that ask other servers, and proxies, send these on.
  for (const [name, value] of Object.entries(headers)) r.headersIn.set(name, value);
  // The draft of Trace Context Level 2 has this name for the answer.
  if (headers['traceparent'] !== undefined) r.errHeadersOut.set('traceresponse', headers['traceparent']);
}

/** Notes what a handler of any phase has answered. */
export function addStep(r: RequestRecord, entry: TrailEntry): void {
  const found = findTrace(r);
  if (found === undefined || !found.span.isRecording()) return;
  const ended = performance.now();
  const { phases } = found;
  let phase = phases.findLast((known) => known.r === r);
  if (phase === undefined || phase.steps[0]!.phase !== entry.phase) {
    if (phases.length >= mostPhases) return;
    phases.push((phase = { r, started: ended - entry.milliseconds, ended, steps: [] }));
  }
  phase.ended = ended;
  phase.steps.push({ ...entry, ended });
}

/** Ends the span of a request, and makes those of its phases. */
export function endTrace(r: RequestRecord): void {
  const found = r.state.get(traceKey);
  if (found === undefined) return;
  r.state.delete(traceKey);
  const { span, tracer, context, phases } = found;
  if (!span.isRecording()) return;
  for (const phase of phases) addPhaseSpan(phase, r, tracer, context);
  let last = r;
  while (last.next !== undefined) last = last.next;
  if (r.config.otelSpanName !== undefined) span.updateName(r.config.otelSpanName);
  span.setAttributes({ 'http.response.status_code': last.status, 'http.response.body.size': r.bytesSent });
  if (r.user !== undefined) span.setAttribute('user.name', r.user);
  if (last.status >= 500) {
    span.setAttribute('error.type', String(last.status)).setStatus({ code: SpanStatusCode.ERROR });
    if (isNativeError(r.failure)) span.recordException(r.failure);
  }
  span.end();
}

/**
 * Begins a span of a handler's own inside of the request's; undefined where the request isn't traced.
 *
 * @example
 * const span = startSpan(r, 'SELECT users');
 * const users = await query();
 * span?.end();
 */
export function startSpan(r: RequestRecord, name: string, options?: SpanOptions): Span | undefined {
  const found = findTrace(r);
  return found?.tracer.startSpan(name, options, found.context);
}

/**
 * The headers that make a request to another server a part of this trace.
 *
 * @example
 * await fetch(url, { headers: traceHeaders(r) });
 */
export function traceHeaders(r: RequestRecord): Record<string, string> {
  const found = findTrace(r);
  return found === undefined ? {} : writeTrace(found.context);
}

function findTrace(r: RequestRecord): RequestTrace | undefined {
  let first = r;
  for (let outer; (outer = first.main ?? first.prev) !== undefined;) first = outer;
  return first.state.get(traceKey);
}

function addPhaseSpan(
  { r, started, ended, steps }: PhaseTime,
  first: RequestRecord,
  tracer: Tracer,
  context: Context,
): void {
  const inner = r === first ? {} : { 'url.path': r.uri };
  const span = tracer.startSpan(steps[0]!.phase, { startTime: started, attributes: inner }, context);
  for (const { name, plugin, verdict, milliseconds, ended: at } of steps) {
    span.addEvent(
      name,
      { 'sluice.plugin': plugin, 'sluice.verdict': verdict, 'sluice.milliseconds': milliseconds },
      at,
    );
  }
  span.end(ended);
}

/** By the semantic conventions for HTTP servers. */
function requestAttributes(r: RequestRecord): Record<string, string | number> {
  const known = METHODS.includes(r.method);
  const agent = r.headersIn.get('User-Agent');
  return {
    'http.request.method': known ? r.method : '_OTHER',
    ...(known ? {} : { 'http.request.method_original': r.method }),
    'url.scheme': r.connection.secure ? 'https' : 'http',
    'url.path': r.uri,
    ...(r.args === undefined ? {} : { 'url.query': r.args }),
    'network.protocol.version': r.protocol.replace('HTTP/', ''),
    'client.address': r.clientIp,
    'server.address': r.hostname,
    'server.port': r.connection.localPort,
    ...(agent === undefined ? {} : { 'user_agent.original': agent }),
  };
}
