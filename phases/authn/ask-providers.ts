import type { PasswordVerdict } from '../../core/access-provider.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';
import type { BasicCredentials } from '../basic-credentials.ts';
import type { NamedProvider } from './provider-list.ts';
import { remember } from './remembered-passwords.ts';

/** What the provider that decided said; `by` is undefined where nobody knows the user. */
export interface ProviderAnswer {
  readonly verdict: PasswordVerdict;
  readonly by: NamedProvider | undefined;
  /** What the provider's knowledge was when it was asked. */
  readonly revision: object | undefined;
}

/** How a provider is asked whether a password is right. */
export type CheckPassword = (
  by: NamedProvider,
  credentials: BasicCredentials,
  r: RequestRecord,
) => PasswordVerdict | Promise<PasswordVerdict>;

/** Asks the providers from `from` on; one that doesn't know the user leaves it to the next one. */
export function askProviders(
  r: RequestRecord,
  providers: readonly NamedProvider[],
  credentials: BasicCredentials,
  check: CheckPassword = checkPassword,
  from = 0,
): ProviderAnswer | Promise<ProviderAnswer> {
  const by = providers[from];
  if (by === undefined) return { verdict: 'unknown user', by, revision: undefined };
  const revision = by.provider.revision?.(r.config, r);
  const verdict = check(by, credentials, r);
  const judge = (answer: PasswordVerdict): ProviderAnswer | Promise<ProviderAnswer> => {
    switch (answer) {
      case 'unknown user':
        return askProviders(r, providers, credentials, check, from + 1);
      case 'verified':
        remember(r.config, by.name, credentials.user, credentials.password);
        return { verdict: answer, by, revision };
      case 'wrong password':
        return { verdict: answer, by, revision };
      default:
        throw new TypeError(
          `the authentication provider ${by.name} said ${String(answer)}; it must say verified, wrong password or unknown user`,
        );
    }
  };
  return isThenable(verdict) ? verdict.then(judge) : judge(verdict);
}

const checkPassword: CheckPassword = ({ provider }, { user, password }, r) =>
  provider.checkPassword!(user, password, r.config, r);
