import type { AuthenticationProvider } from '../core/access-provider.ts';
import type { Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Names that guests may take; `*` is any. */
    anonymous: Directive<string | readonly string[], readonly string[]>;
    /** Whether a guest must give some password; an e-mail address is the custom. */
    anonymous_MustGiveEmail: Directive<boolean>;
    /** Whether the password must look like an e-mail address. */
    anonymous_VerifyEmail: Directive<boolean>;
    /** Whether a guest may leave the name out. */
    anonymous_NoUserID: Directive<boolean>;
    /** Whether what a guest gives as password is written to the log. */
    anonymous_LogEmail: Directive<boolean>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;
const flag = { ...place, takes: 'flag', usage: 'On | Off' } as const;

const anon: AuthenticationProvider = {
  checkPassword(user, password, config, r) {
    const isKnown = user === '' ? config.anonymous_NoUserID : isGuest(user, config.anonymous);
    if (config.anonymous.length === 0 || !isKnown) return 'unknown user';
    if (config.anonymous_MustGiveEmail && password === '') return 'wrong password';
    if (config.anonymous_VerifyEmail && !(password.includes('@') && password.includes('.'))) return 'wrong password';
    if (config.anonymous_LogEmail && r.isInitial) r.log(`guest ${user} gave ${JSON.stringify(password)}`, 'info');
    return 'verified';
  },
};

/** Guests, who name themselves and whose password is their e-mail address, as FTP has it. */
export const authnAnon = definePlugin({
  name: 'authn_anon',
  aliases: ['mod_authn_anon', 'authn_anon_module'],
  authenticationProviders: { anon },
  directives: {
    Anonymous: {
      ...place,
      takes: 'iterate',
      usage: 'name | * …',
      help: 'Names that guests may take; * is any.',
      default: [],
      parse: ([name = '']) => [name.toLowerCase()],
      combine: (earlier, later) => [...earlier, ...later],
    },
    Anonymous_MustGiveEmail: {
      ...flag,
      help: 'Whether a guest must give some password; an e-mail address is the custom.',
      default: true,
    },
    Anonymous_VerifyEmail: {
      ...flag,
      help: 'Whether the password must look like an e-mail address.',
      default: false,
    },
    Anonymous_NoUserID: { ...flag, help: 'Whether a guest may leave the name out.', default: false },
    Anonymous_LogEmail: {
      ...flag,
      help: 'Whether what a guest gives as password is written to the log.',
      default: true,
    },
  },
});

function isGuest(user: string, names: readonly string[]): boolean {
  return names.includes('*') || names.includes(user.toLowerCase());
}
