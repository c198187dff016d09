import { builtInPlugins } from '../built-in-plugins.ts';
import type { ConfigObject } from '../core/config/define-config.ts';
import { Generation } from '../core/generation.ts';
import { type PhaseName, phaseIndex } from '../core/phases.ts';
import { walkAlone } from '../core/pipeline.ts';
import type { RequestRecord } from '../core/request-record.ts';

/**
 * Runs one phase of a request under a config, with the sections merged that are known by then, and gives the phase's
 * verdict: OK, DECLINED where nobody answered, DONE, or a status. Rejects with a ConfigError for a bad config.
 *
 * @example
 * const r = fakeRequest({ url: '/private/', user: 'ann' });
 * expect(await runPhase('authorize', r, { sections: [{ location: '/private', require: 'user ann' }] })).toBe(OK);
 */
export async function runPhase(phase: PhaseName, r: RequestRecord, config: ConfigObject): Promise<number> {
  const generation = await Generation.load({ config, folder: process.cwd() }, { builtIn: builtInPlugins });
  const { log } = r.server;
  r.server = generation.chooseServer(r.connection, r.headersIn.get('Host'));
  r.server.log = log;
  r.plan = r.server.plan;
  try {
    if (phaseIndex[phase] > phaseIndex.mapToStorage) await r.server.walk.mergeAll(r);
    else if (phaseIndex[phase] >= phaseIndex.translate) await r.server.walk.mergeLocations(r);
    return await walkAlone(r, phase);
  } finally {
    await generation.close();
  }
}
