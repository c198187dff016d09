import { AsyncResource } from 'node:async_hooks';
import { nextTick } from 'node:process';
import { setImmediate } from 'node:timers';

/** What is put off to the end of a turn waits no longer for other requests, in milliseconds. */
const LONGEST_WAIT = 1;

/** Lines of a log, and the like, that are written down before anything else happens. */
export interface Gathered {
  flush(): void;
}

/** Something to do, in the asynchronous context of who put it off. */
class Task extends AsyncResource {
  readonly run: () => void;

  constructor(run: () => void) {
    super('SluiceTask');
    this.run = run;
  }
}

let gathered: Gathered[] = [];
let tasks: Task[] = [];
let isScheduled = false;
/** Answers of this turn, and of the last one that had any. */
let answers = 0;
let lastAnswers = 0;
/** When the first request of this turn came, in monotonic milliseconds. */
let began = 0;

/** Flushes at the end of this turn of the event loop, before anything that was put off is done. */
export function flushAtEndOfTurn(lines: Gathered): void {
  gathered.push(lines);
  schedule();
}

/** Does something at the end of this turn of the event loop, behind what was put off before it. */
export function atEndOfTurn(run: () => void): void {
  tasks.push(new Task(run));
  schedule();
}

/**
 * Sends an answer: at the end of this turn of the event loop together with others, or at once where none is to be expected,
 * since neither this turn nor the last one had another.
 */
export function sendInTurn(send: () => void): void {
  atEndOfTurn(send);
  answers++;
  if (answers === 1 && lastAnswers <= 1) release();
}

/** Says that a request has come in: in a turn that takes long, what waits is done first, not to wait for one more handler. */
export function beginInTurn(now: number): void {
  if (now - began <= LONGEST_WAIT) return;
  began = now;
  endTurnEarly();
}

/** Does now what was put off. */
export function endTurnEarly(): void {
  if (isScheduled) release();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(endTurn);
}

function endTurn(): void {
  isScheduled = false;
  began = 0;
  if (answers > 0) lastAnswers = answers;
  answers = 0;
  release();
}

function release(): void {
  const [written, due] = [gathered, tasks];
  gathered = [];
  tasks = [];
  for (const lines of written) lines.flush();
  for (const task of due) {
    try {
      task.runInAsyncScope(task.run);
    } catch (error) {
      // One that fails keeps no other back.
      nextTick(rethrow, error);
    }
  }
}

function rethrow(error: unknown): never {
  throw error;
}
