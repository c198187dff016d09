import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';
import type { Breaches } from './breaches.ts';
import { calls, whoActs } from './call.ts';

const writers = ['write', 'flush', 'sendFile'] as const;
const wholeReaders = ['text', 'json', 'lines', 'form'] as const;
const tables = ['headersOut', 'errHeadersOut'] as const;
/** What only the head says, and what nothing keeps from being set when the head has left. */
const headMembers = ['charset', 'contentEncoding', 'contentLanguages', 'statusLine', 'noCache'] as const;

/** Forms are kept, so that asking again is no second reading. */
const formsRead = new WeakSet<object>();

/** Puts an eye on what handlers do with a record. */
export function watchRecord(r: RequestRecord, breaches: Breaches): void {
  for (const name of writers) watchWriter(r, name, breaches);
  for (const name of wholeReaders) watchReader(r, name, breaches);
  for (const name of tables) watchTable(r, name, breaches);
  const seal = r.seal.bind(r);
  r.seal = () => {
    seal();
    for (const name of headMembers) lockMember(r, name, breaches);
  };
}

function watchWriter(r: RequestRecord, name: (typeof writers)[number], breaches: Breaches): void {
  const method = r[name].bind(r) as (...args: unknown[]) => unknown;
  const watched = (...args: unknown[]): unknown => {
    refuseLate(r, `called r.${name}`, breaches);
    const call = calls.getStore();
    if (call?.r === r) call.wrote = true;
    const written = method(...args);
    if (call?.r === r && isThenable(written)) call.awaits(written);
    return written;
  };
  Object.assign(r, { [name]: watched });
}

function watchReader(r: RequestRecord, name: (typeof wholeReaders)[number], breaches: Breaches): void {
  const method = r[name].bind(r) as () => unknown;
  const watched = (): unknown => {
    const isRead = r.body.ended && r.exchange.bytesRead > 0;
    if (isRead && !(name === 'form' && formsRead.has(r.exchange))) {
      throw breaches.error(
        `${whoActs(r)} called r.${name}, but the body has been read already, and nothing is left of it: ` +
          'read it once, and keep what it said in r.state',
      );
    }
    if (name === 'form') formsRead.add(r.exchange);
    return method();
  };
  Object.assign(r, { [name]: watched });
}

function watchTable(r: RequestRecord, name: (typeof tables)[number], breaches: Breaches): void {
  Object.defineProperty(r, name, {
    configurable: true,
    get() {
      refuseLate(r, `asked for r.${name}`, breaches);
      return Reflect.get(Object.getPrototypeOf(r) as object, name, r) as unknown;
    },
  });
}

/** Code of a handler that has answered must leave the record alone: others are at work with it, or it is gone. */
function refuseLate(r: RequestRecord, action: string, breaches: Breaches): void {
  const call = calls.getStore();
  if (call?.r !== r || !call.over) return;
  throw breaches.report(
    r,
    `${call.who} ${action} after it had answered: await everything that it starts, or return its promise`,
  );
}

function lockMember(r: RequestRecord, name: (typeof headMembers)[number], breaches: Breaches): void {
  const value: unknown = r[name];
  Object.defineProperty(r, name, {
    configurable: true,
    get: () => value,
    set() {
      throw breaches.error(
        `${whoActs(r)} set r.${name} when the head of the response had been sent, to no effect: set it before the first flush`,
      );
    },
  });
}
