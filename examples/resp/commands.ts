import { fits } from './glob.ts';
import { array, bulk, error, integer, nil, ok } from './reply.ts';
import type { Store } from './store.ts';

interface Command {
  readonly least: number;
  /** As least where it isn't given. */
  readonly most?: number;
  run(store: Store, args: readonly string[]): string;
}

const any = Number.POSITIVE_INFINITY;
const notAnInteger = error('value is not an integer or out of range');
const syntaxError = error('syntax error');
const noRoom = error("command not allowed when used memory > 'maxmemory'.", 'OOM');

const commands = new Map<string, Command>([
  ['PING', { least: 0, most: 1, run: (_, [text]) => (text === undefined ? '+PONG\r\n' : bulk(text)) }],
  ['ECHO', { least: 1, run: (_, [text]) => bulk(text) }],
  ['QUIT', { least: 0, run: () => ok }],
  ['SELECT', { least: 1, run: (_, [index]) => (index === '0' ? ok : error('DB index is out of range')) }],
  ['COMMAND', { least: 0, most: any, run: () => array([]) }],
  ['GET', { least: 1, run: (store, [key]) => bulk(store.get(key!)) }],
  ['SET', { least: 2, most: 6, run: set }],
  ['DEL', { least: 1, most: any, run: (store, keys) => integer(keys.filter((key) => store.delete(key)).length) }],
  [
    'EXISTS',
    { least: 1, most: any, run: (store, keys) => integer(keys.filter((key) => store.get(key) !== undefined).length) },
  ],
  ['INCR', { least: 1, run: (store, [key]) => add(store, key!, '1') }],
  ['DECR', { least: 1, run: (store, [key]) => add(store, key!, '-1') }],
  ['INCRBY', { least: 2, run: (store, [key, amount]) => add(store, key!, amount!) }],
  ['EXPIRE', { least: 2, run: expire }],
  ['TTL', { least: 1, run: timeToLive }],
  ['KEYS', { least: 1, run: (store, [pattern]) => array(keysLike(store, pattern!).map(bulk)) }],
  ['SCAN', { least: 1, most: 5, run: scan }],
  ['DBSIZE', { least: 0, run: (store) => integer([...store.keys()].length) }],
  ['FLUSHALL', { least: 0, run: flush }],
  ['FLUSHDB', { least: 0, run: flush }],
]);

/** The reply to a request. */
export function execute(store: Store, [name = '', ...args]: readonly string[]): string {
  const command = commands.get(name.toUpperCase());
  if (command === undefined) return error(`unknown command '${name.slice(0, 128)}'`);
  const { least, most = least } = command;
  if (args.length < least || args.length > most) {
    return error(`wrong number of arguments for '${name.toLowerCase()}' command`);
  }
  return command.run(store, args);
}

function set(store: Store, [key = '', value = '', ...options]: readonly string[]): string {
  let expires = Number.POSITIVE_INFINITY;
  let onlyIf: boolean | undefined;
  for (let at = 0; at < options.length; at++) {
    const option = options[at]!.toUpperCase();
    if (option === 'NX' || option === 'XX') onlyIf = option === 'XX';
    else if (option === 'EX' || option === 'PX') {
      const time = wholeNumber(options[++at]);
      if (time === undefined) return notAnInteger;
      if (time <= 0) return error("invalid expire time in 'set' command");
      expires = Date.now() + time * (option === 'EX' ? 1_000 : 1);
    } else return syntaxError;
  }
  if (onlyIf !== undefined && (store.get(key) !== undefined) !== onlyIf) return nil;
  return store.set(key, value, expires) ? ok : noRoom;
}

function add(store: Store, key: string, amount: string): string {
  const sum = (wholeNumber(store.get(key) ?? '0') ?? Number.NaN) + (wholeNumber(amount) ?? Number.NaN);
  if (!Number.isSafeInteger(sum)) return notAnInteger;
  const left = store.timeLeft(key) ?? Number.POSITIVE_INFINITY;
  return store.set(key, String(sum), Date.now() + left) ? integer(sum) : noRoom;
}

function expire(store: Store, [key = '', seconds]: readonly string[]): string {
  const time = wholeNumber(seconds);
  return time === undefined ? notAnInteger : integer(Number(store.expire(key, Date.now() + time * 1_000)));
}

function timeToLive(store: Store, [key = '']: readonly string[]): string {
  const left = store.timeLeft(key);
  if (left === undefined) return integer(-2);
  return integer(left === Number.POSITIVE_INFINITY ? -1 : Math.ceil(left / 1_000));
}

function scan(store: Store, [cursor, ...options]: readonly string[]): string {
  const start = wholeNumber(cursor);
  if (start === undefined) return error('invalid cursor');
  let count = 10;
  let pattern = '*';
  for (let at = 0; at < options.length; at += 2) {
    const option = options[at]!.toUpperCase();
    const value = options[at + 1];
    if (value === undefined || (option !== 'COUNT' && option !== 'MATCH')) return syntaxError;
    if (option === 'MATCH') pattern = value;
    else count = wholeNumber(value) ?? 0;
  }
  if (count < 1) return syntaxError;
  const found: string[] = [];
  let seen = 0;
  for (const [key, number] of store.keys(start)) {
    if (fits(pattern, key)) found.push(bulk(key));
    if (++seen === count) return array([bulk(String(number)), array(found)]);
  }
  return array([bulk('0'), array(found)]);
}

function keysLike(store: Store, pattern: string): string[] {
  return [...store.keys()].map(([key]) => key).filter((key) => fits(pattern, key));
}

function flush(store: Store): string {
  store.clear();
  return ok;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
