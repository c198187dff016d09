// Basic authentication against a htpasswd file, for the contenders that bring none: koa-basic-auth and its like do the
// same, with passwords in the program's text.
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { passwordFile } from '../files.mjs';

/** Reads the password file; gives the check of a user's password. */
export function readPasswords() {
  const users = new Map(
    readFileSync(passwordFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => /** @type {[string, string]} */ (line.split(':{SHA}'))),
  );
  return (/** @type {string} */ user, /** @type {string} */ password) => {
    const expected = users.get(user);
    if (expected === undefined) return false;
    const given = createHash('sha1').update(password).digest();
    return timingSafeEqual(given, Buffer.from(expected, 'base64'));
  };
}

/** Gives a function that takes an Authorization header and says who it is, if the password is right. */
export function basicAuthentication() {
  const isRight = readPasswords();
  return (/** @type {string | undefined} */ authorization) => {
    const [, encoded] = /^Basic +(\S+)$/i.exec(authorization ?? '') ?? [];
    if (encoded === undefined) return undefined;
    const credentials = Buffer.from(encoded, 'base64').toString();
    const colon = credentials.indexOf(':');
    const user = credentials.slice(0, colon);
    return colon >= 0 && isRight(user, credentials.slice(colon + 1)) ? user : undefined;
  };
}
