import { describe, expect, it } from '@jest/globals';

import { allowOverride, allowOverrideList, overrideClasses } from '../../../core/config/allow-override.ts';
import type { DirectiveSite } from '../../../core/config/directive.ts';

const site = {
  fail: (message: string) => {
    throw new Error(message);
  },
} as unknown as DirectiveSite;

const parse = (text: string): unknown => allowOverride.parse?.(text.split(' '), site);

describe('AllowOverride', () => {
  it('names classes, all of them or none', () => {
    expect(parse('None')).toEqual({ classes: new Set(), options: undefined, nonfatal: new Set() });
    expect(parse('all')).toMatchObject({ classes: new Set(Object.keys(overrideClasses)) });
    expect(parse('FileInfo authconfig')).toMatchObject({ classes: new Set(['FileInfo', 'AuthConfig']) });
  });

  it('may restrict the options and forgive bad lines', () => {
    expect(parse('Options=Indexes,MultiViews Nonfatal=All')).toEqual({
      classes: new Set(['Options']),
      options: new Set(['indexes', 'multiviews']),
      nonfatal: new Set(['override', 'unknown']),
    });
    expect(parse('All Nonfatal=Unknown')).toMatchObject({ nonfatal: new Set(['unknown']) });
  });

  it('refuses what it does not know', () => {
    expect(() => parse('FileInof')).toThrow('there is no class FileInof of directives; did you mean "FileInfo"?');
    expect(() => parse('Nonfatal=x')).toThrow('Nonfatal must be Override, Unknown or All, but is "x"');
    expect(() => parse('Nonfatal')).toThrow('Nonfatal must be');
  });
});

it('AllowOverrideList names directives in any letter case', () => {
  expect(allowOverrideList.parse?.(['Redirect', 'NONE'], site)).toEqual(new Set(['redirect']));
});
