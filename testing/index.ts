export { collectLog, type CollectedLog, type LogLine } from './collect-log.ts';
export { fakeRequest, type FakeRequest, type FakeRequestOptions } from './fake-request.ts';
export { lint, type Lint, type LintOptions } from './lint.ts';
export type { SentResponse } from './memory-sink.ts';
export { runFilter, type RunFilterOptions } from './run-filter.ts';
export { runPhase } from './run-phase.ts';
export { testApp, type TestApp } from './test-app.ts';
export { testHandler } from './test-handler.ts';
