import { builtInPlugins } from '../../built-in-plugins.ts';
import { Application } from '../../core/host/application.ts';
import { messageOf } from '../../core/thrown.ts';
import type { CaseFolder } from './case-folder.ts';
import type { ComparisonCase } from './comparison-case.ts';
import { type StartedServer, freePort, writeServerConfig } from './server-config.ts';

const own = `
ErrorLog @ROOT@/run/sluice-error.log
GracefulShutdownTimeout 0
`;

/** Starts Sluice on a free port; `<IfDefine Sluice>` in a case holds what Apache doesn't know. */
export async function startSluice(comparison: ComparisonCase, folder: CaseFolder): Promise<StartedServer> {
  const port = await freePort();
  const file = writeServerConfig('sluice', own, comparison, folder, port);
  const application = new Application({ file }, { builtIn: builtInPlugins, definitions: new Map([['Sluice', '']]) });
  const refusal = await application.start().then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );
  return refusal === undefined ? { port, stop: () => application.stop() } : { refusal };
}
