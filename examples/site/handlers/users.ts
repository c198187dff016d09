import { type RequestRecord, httpError } from 'sluice';

enum Role {
  Reader = 'reader',
  Writer = 'writer',
}

const users = new Map([
  ['1', { name: 'Ada', role: Role.Writer }],
  ['2', { name: 'Grace', role: Role.Reader }],
]);

/** Answers /users/:id with JSON. */
export function show(r: RequestRecord) {
  const user = users.get(String(r.params['id']));
  if (user === undefined) throw httpError(404, `no user ${String(r.params['id'])}`);
  return user;
}
