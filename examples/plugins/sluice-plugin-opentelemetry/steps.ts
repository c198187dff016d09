import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { StepMessage } from 'sluice';
import { addStep } from './request-trace.ts';

/** Where Sluice publishes what every handler has answered, as soon as somebody listens. */
const channel = 'sluice.step';

let listeners = 0;

/** Listens, once for all servers of the process. */
export function listenToSteps(): void {
  if (listeners++ === 0) subscribe(channel, onStep);
}

/** Without a listener, Sluice doesn't measure. */
export function stopListening(): void {
  if (--listeners === 0) unsubscribe(channel, onStep);
}

function onStep(message: unknown): void {
  const { r, entry } = message as StepMessage;
  addStep(r, entry);
}
