import { createHash, timingSafeEqual } from 'node:crypto';
import type { PasswordVerdict } from '../../core/access-provider.ts';
import { whenReady } from '../../core/expression/evaluated.ts';
import type { CheckPassword } from './ask-providers.ts';

/** Checks a password against the hash that Digest would use, as AuthBasicUseDigestAlgorithm has it. */
export const checkByRealmHash: CheckPassword = ({ name, provider }, { user, password }, r) => {
  if (provider.realmHash === undefined) {
    throw new Error(`AuthBasicUseDigestAlgorithm MD5 needs a provider with hashes of Digest, which ${name} has not`);
  }
  const realm = r.config.authName!;
  const given = createHash('md5').update(`${user}:${realm}:${password}`).digest();
  return whenReady(provider.realmHash(user, realm, 'MD5', r.config, r), (hash): PasswordVerdict => {
    if (hash === undefined) return 'unknown user';
    return timingSafeEqual(given, Buffer.from(hash, 'hex')) ? 'verified' : 'wrong password';
  });
};
