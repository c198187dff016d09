import { describe, expect, it } from '@jest/globals';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { fakeRequest, runPhase } from '../../testing/index.ts';

async function variables(config: ConfigObject): Promise<Record<string, string>> {
  const r = fakeRequest();
  await runPhase('fixup', r, config);
  return Object.fromEntries(r.env);
}

describe('SetEnv, PassEnv and UnsetEnv', () => {
  it('set variables, empty where there is no value', async () => {
    expect(await variables({ setEnv: [['A', '1'], ['B']] })).toEqual({ A: '1', B: '' });
  });

  it("pass the server's own variables on, as far as they are there", async () => {
    process.env['SLUICE_TEST_PASSED'] = 'yes';
    expect(await variables({ passEnv: ['SLUICE_TEST_PASSED', 'SLUICE_TEST_ABSENT'] })).toEqual({
      SLUICE_TEST_PASSED: 'yes',
    });
    delete process.env['SLUICE_TEST_PASSED'];
  });

  it('count in the order of the file', async () => {
    expect(await variables({ setEnv: 'A 1', unsetEnv: 'A' })).toEqual({});
    expect(await variables({ unsetEnv: 'A', setEnv: 'A 1' })).toEqual({ A: '1' });
  });

  it('take back what an outer section sets, and only that', async () => {
    const sections = [{ location: '/', unsetEnv: ['A', 'FROM_REQUEST'], setEnv: 'C 3' }];
    const config = {
      setEnv: [
        ['A', '1'],
        ['B', '2'],
      ],
      setEnvIf: 'Request_Method GET FROM_REQUEST',
      sections,
    };
    const r = fakeRequest();
    await runPhase('postReadRequest', r, config);
    await runPhase('fixup', r, config);
    expect(Object.fromEntries(r.env)).toEqual({ FROM_REQUEST: '1', B: '2', C: '3' });
  });

  it('hold a name like that of an object member', async () => {
    expect((await variables({ setEnv: '__proto__ x' }))['__proto__']).toBe('x');
  });
});
