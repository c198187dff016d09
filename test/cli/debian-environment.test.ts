import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { debianEnvironment } from '../../cli/debian-environment.ts';
import { makeSite } from '../make-site.ts';

const before = { ...process.env };
beforeEach(() => void (process.env['HOUSE_GIVEN'] = 'given'));
afterEach(() => void (process.env = { ...before }));

const folder = makeSite({ 'apache2.conf': '', 'httpd.conf': '' });

function environment(envvars: string): (string | undefined)[] {
  writeFileSync(join(folder, 'envvars'), envvars);
  debianEnvironment(join(folder, 'apache2.conf'));
  return ['HOUSE_A', 'HOUSE_B', 'HOUSE_C'].map((name) => process.env[name]);
}

describe('the environment of a Debian house', () => {
  it('has what envvars exports, with variables and quotes', () => {
    expect(
      environment('export HOUSE_A=a\nPART=b\nexport HOUSE_B="${PART} $HOUSE_GIVEN" # why\nexport HOUSE_C=\'$PART\''),
    ).toEqual(['a', 'b given', '$PART']);
  });

  it('has nothing that is not exported, and nothing from comments', () => {
    expect(environment('HOUSE_A=a\n# export HOUSE_B=b\n#export HOUSE_C=c\n')).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes the last assignment, as without a name the instance has no suffix', () => {
    const script =
      'if [ "$X" != "" ]; then\n  SUFFIX="-${X##/etc}"\nelse\n  SUFFIX=\nfi\nexport HOUSE_A=/run/a$SUFFIX/x';
    expect(environment(script)[0]).toBe('/run/a/x');
  });

  it('starts relative paths beside apache2.conf, and has no say over other configs', () => {
    writeFileSync(join(folder, 'envvars'), 'export HOUSE_A=a');
    expect(debianEnvironment(join(folder, 'httpd.conf'))).toEqual({});
    expect(process.env['HOUSE_A']).toBeUndefined();
    expect(debianEnvironment(join(folder, 'apache2.conf'))).toEqual({ serverRoot: folder });
  });
});
