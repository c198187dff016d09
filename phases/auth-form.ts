import type { Config, Context, DirectiveDeclaration } from '../core/config/directive.ts';
import type { ForeignLine } from '../core/config/foreign-names.ts';
import type { TextExpression } from '../core/expression/text-expression.ts';
import { definePlugin } from '../core/plugin.ts';
import { authenticate } from './auth-form/authenticate.ts';
import { loginHandler, logoutHandler, redirectHandler } from './auth-form/form-handlers.ts';
import { fileProvider } from './authn-file.ts';
import { type NamedProvider, providerList } from './authn/provider-list.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Who knows the users, asked in order. */
    authFormProvider: Directive<string | readonly string[], readonly NamedProvider[]>;
    /** Whether a user whom no provider knows is refused at once; otherwise other handlers are asked. */
    authFormAuthoritative: Directive<boolean>;
    /** The form's field with the name of the user. */
    authFormUsername: Directive<string>;
    /** The form's field with the password. */
    authFormPassword: Directive<string>;
    /** The form's field with the path to go to afterwards. */
    authFormLocation: Directive<string>;
    /** Bytes that a login form may have. */
    authFormSize: Directive<number, number>;
    /** Where those who aren't logged in are sent; may have `%{…}` in it. */
    authFormLoginRequiredLocation: Directive<string, TextExpression | undefined>;
    /** Where those who have logged in are sent. */
    authFormLoginSuccessLocation: Directive<string, TextExpression | undefined>;
    /** Where those who have logged out are sent. */
    authFormLogoutLocation: Directive<string, TextExpression | undefined>;
    /** Whether browsers may keep copies of protected pages. */
    authFormDisableNoStore: Directive<boolean>;
  }
}

const place = { contexts: ['directory', '.htaccess'] as readonly Context[], override: 'AuthConfig' } as const;

function field(help: string, name: string): DirectiveDeclaration<string> {
  return { ...place, takes: 'one', usage: 'field', help, default: name };
}

function page(help: string): DirectiveDeclaration<TextExpression | undefined> {
  return { ...place, takes: 'one', usage: 'url', help, parse: ([url = ''], site) => site.parseText(url) };
}

const askedAnew: ForeignLine = { reason: 'after a login the page is asked for anew', harmless: true };

/** Authentication by a form on a page, remembered in a session. */
export const authForm = definePlugin({
  name: 'auth_form',
  aliases: ['mod_auth_form', 'auth_form_module'],
  authenticationTypes: ['Form'],
  foreignNames: {
    directives: {
      ...Object.fromEntries(['AuthFormBody', 'AuthFormMethod', 'AuthFormMimetype'].map((name) => [name, askedAnew])),
      AuthFormFakeBasicAuth: { reason: 'no password is kept; AuthBasicFake sends one that the config says' },
      AuthFormSitePassphrase: { reason: 'nobody is logged in without a user; give the site a user of its own' },
    },
    modules: { request_module: { reason: 'bodies need no keeping', harmless: true } },
  },
  handlers: {
    'form-login-handler': loginHandler,
    'form-logout-handler': logoutHandler,
    'form-redirect-handler': redirectHandler,
  },
  directives: {
    AuthFormProvider: {
      ...providerList('checkPassword'),
      default: [{ name: 'file', provider: fileProvider }],
      defaultText: 'file',
    },
    AuthFormAuthoritative: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether a user whom no provider knows is refused at once; Off asks other handlers.',
      default: true,
    },
    AuthFormUsername: field("The form's field with the name of the user.", 'httpd_username'),
    AuthFormPassword: field("The form's field with the password.", 'httpd_password'),
    AuthFormLocation: field("The form's field with the path to go to afterwards.", 'httpd_location'),
    AuthFormSize: {
      ...place,
      takes: 'one',
      usage: 'bytes',
      help: 'Bytes that a login form may have.',
      default: 8192,
      parse([bytes = ''], site) {
        if (/^\d{1,9}$/.test(bytes)) return Number(bytes);
        return site.fail(`AuthFormSize is a number of bytes, not "${bytes}"`);
      },
    },
    AuthFormLoginRequiredLocation: page("Where those who aren't logged in are sent; may have %{…} in it."),
    AuthFormLoginSuccessLocation: page('Where those who have logged in are sent.'),
    AuthFormLogoutLocation: page('Where those who have logged out are sent.'),
    AuthFormDisableNoStore: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether browsers may keep copies of protected pages.',
      default: false,
    },
  },
  phases: { authenticate: { handler: authenticate, when: isInForce } },
});

function isInForce(config: Config): boolean {
  return config.authType === 'Form';
}
