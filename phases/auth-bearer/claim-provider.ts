import type { AuthorizationProvider } from '../../core/access-provider.ts';
import { bearerClaims, claimText } from './bearer-claims.ts';

/** `Require claim scope read write`: a token says one of the words under that name. */
export const claimProvider: AuthorizationProvider = {
  usage: 'name word …',
  needsUser: true,
  parse([name, ...words]) {
    if (name === undefined || words.length === 0) {
      throw new Error(
        'Require claim needs the name of a claim and at least one word for it, e.g. Require claim scope read',
      );
    }
    const admitted = new Set(words);
    return (r) => {
      const claims = bearerClaims(r);
      if (claims === undefined) return r.user === undefined ? 'noUser' : 'denied';
      const said = claimText(claims[name])?.split(' ') ?? [];
      return said.some((word) => admitted.has(word)) ? 'granted' : 'denied';
    };
  },
};
