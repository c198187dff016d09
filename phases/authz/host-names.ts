import { lookup, lookupService } from 'node:dns/promises';
import type { RequestRecord } from '../../core/request-record.ts';
import { stateKey } from '../../core/state-key.ts';

/** What was asked on behalf of a connection; kept as long as it is open. */
const answers = stateKey<Map<string, Promise<unknown>>>('authz_host.answers');

/** The client's name, where it leads back to the address; undefined where it has none. Looked up once per connection. */
export function clientHostname(r: RequestRecord): Promise<string | undefined> {
  const { clientIp } = r;
  return remembered(r, `name of ${clientIp}`, () => confirmedName(clientIp));
}

/** Whether a name leads to the client's address. Looked up once per connection. */
export function leadsToClient(r: RequestRecord, name: string): Promise<boolean> {
  const { clientIp } = r;
  return remembered(r, `${clientIp} by ${name}`, () => resolvesTo(name, clientIp));
}

/** Anybody can write any name into the reverse zone of their own addresses, so it counts only where it is confirmed. */
async function confirmedName(address: string): Promise<string | undefined> {
  try {
    const { hostname } = await lookupService(address, 0);
    return hostname !== address && (await resolvesTo(hostname, address)) ? hostname.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

async function resolvesTo(name: string, address: string): Promise<boolean> {
  try {
    const found = await lookup(name, { all: true });
    return found.some((entry) => entry.address === address);
  } catch {
    return false;
  }
}

function remembered<T>({ connection }: RequestRecord, question: string, ask: () => Promise<T>): Promise<T> {
  let known = connection.state.get(answers);
  if (known === undefined) {
    known = new Map();
    connection.state.set(answers, known);
  }
  let answer = known.get(question) as Promise<T> | undefined;
  if (answer === undefined) {
    answer = ask();
    known.set(question, answer);
  }
  return answer;
}
