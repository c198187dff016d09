import { describe, expect, it } from '@jest/globals';

import { didYouMean, nearestName } from '../../../core/config/nearest-name.ts';

const names = ['DocumentRoot', 'DirectoryIndex', 'Alias', 'AuthName'];

describe('nearestName', () => {
  it.each([
    ['DocumentRot', 'DocumentRoot'],
    ['documentroto', 'DocumentRoot'],
    ['Ailas', 'Alias'],
    ['AuthNam', 'AuthName'],
  ])('finds the name behind %s', (given, name) => {
    expect(nearestName(given, names)).toBe(name);
  });

  it('has nothing to say about a name that is like no other', () => {
    expect(nearestName('Frobnicate', names)).toBeUndefined();
    expect(didYouMean('Frobnicate', names)).toBe('');
  });

  it('takes the nearest of several', () => {
    expect(nearestName('bat', ['cut', 'bats', 'bet'])).toBe('bats');
    expect(didYouMean('bat', ['bats'])).toBe('; did you mean "bats"?');
  });
});
