import { type RequestRecord, httpError } from 'sluice';

interface Person {
  readonly name: string;
  readonly age: string;
}

/** Says who is the oldest of the people in the body. */
export default async function people(r: RequestRecord) {
  if (r.method !== 'POST') throw httpError(405);
  const given = (await r.json()) as readonly Person[];
  const [oldest] = given.toSorted((one, other) => Number(other.age) - Number(one.age));
  return { count: given.length, oldest: oldest?.name };
}
