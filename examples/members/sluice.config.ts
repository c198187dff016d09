import { randomBytes } from 'node:crypto';
import { defineConfig } from 'sluice';
import { clubhouse, openingHours } from './providers.ts';

// In production the passphrase is kept in a file (sessionCryptoPassphraseFile), so that sessions outlive a restart.
const session = {
  authType: 'Form',
  authName: 'Members',
  authFormProvider: 'clubhouse',
  session: true,
  sessionCookieName: 'members',
  sessionCryptoPassphrase: [randomBytes(32).toString('hex')],
} as const;

/** Pages for members: a login form, a provider of users and a rule of one's own. */
export default defineConfig({
  listen: 8080,
  documentRoot: './htdocs',
  directoryIndex: 'index.html',
  authnProvider: ['clubhouse', clubhouse],
  authzProvider: ['opening-hours', openingHours],
  sections: [
    {
      location: '/members',
      ...session,
      authFormLoginRequiredLocation: '/login.html',
      requireAll: { require: [['valid-user'], ['opening-hours', '0', '24']] },
    },
    {
      location: '/login',
      ...session,
      require: 'all granted',
      setHandler: 'form-login-handler',
      authFormLoginRequiredLocation: '/login.html?again',
      authFormLoginSuccessLocation: '/members/',
    },
    {
      location: '/logout',
      ...session,
      require: 'all granted',
      setHandler: 'form-logout-handler',
      authFormLogoutLocation: '/',
    },
  ],
});
