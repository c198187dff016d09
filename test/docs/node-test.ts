// What the tests on the pages import from node:test, so that jest can run them, too.
import { afterAll as after, beforeAll as before, describe, it, test } from '@jest/globals';

export { after, before, describe, it, test };
