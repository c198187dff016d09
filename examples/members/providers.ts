import { scryptSync, timingSafeEqual } from 'node:crypto';
import type { AuthenticationProvider, AuthorizationProvider } from 'sluice';

/** A password's hash; one that is made with each start will do for an example. */
function hash(password: string): Buffer {
  return scryptSync(password, 'clubhouse', 32);
}

const members = new Map([['alice', hash('wonderland')]]);
const nobody = hash('');

/** Knows the members; for others it does the same work, so that names can't be found out by the clock. */
export const clubhouse: AuthenticationProvider = {
  checkPassword(user, password) {
    const known = members.get(user);
    const isRight = timingSafeEqual(hash(password), known ?? nobody);
    if (known === undefined) return 'unknown user';
    return isRight ? 'verified' : 'wrong password';
  },
};

/** `Require opening-hours 9 17`: from nine to five, by UTC. */
export const openingHours: AuthorizationProvider = {
  usage: 'from to',
  parse(words) {
    const [from, to] = words.map(Number);
    if (words.length !== 2 || !(from! >= 0 && from! < to! && to! <= 24)) {
      throw new Error(`Require opening-hours takes two hours such as 9 17, not "${words.join(' ')}"`);
    }
    return (r) => {
      const hour = new Date(r.requestTime).getUTCHours();
      return hour >= from! && hour < to! ? 'granted' : 'denied';
    };
  },
};
