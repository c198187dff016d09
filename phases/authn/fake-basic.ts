import { whenReady } from '../../core/expression/evaluated.ts';
import type { TextExpression } from '../../core/expression/text-expression.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED } from '../../core/verdict.ts';

/** What AuthBasicFake says. */
export interface FakeCredentials {
  readonly user: TextExpression;
  readonly password: TextExpression;
}

/** Puts the credentials of AuthBasicFake in place of what the client sent. */
export function fakeBasic(r: RequestRecord): typeof DECLINED | Promise<typeof DECLINED> {
  const { user, password } = r.config.authBasicFake!;
  return whenReady(user.evaluate(r), (name) =>
    whenReady(password.evaluate(r), (secret) => {
      r.headersIn.set('Authorization', `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`);
      return DECLINED;
    }),
  );
}
