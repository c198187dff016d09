import { createServer } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseFolder } from './case-folder.ts';
import type { ComparisonCase } from './comparison-case.ts';

/** A server that listens on 127.0.0.1, or the reason why it doesn't start. */
export type StartedServer = { readonly port: number; stop(): Promise<void> } | { readonly refusal: string };

/** What both servers are told before the lines of the case. */
const common = `
ServerName localhost
Listen 127.0.0.1:@PORT@
DocumentRoot @ROOT@/htdocs
<Directory @ROOT@/htdocs>
  AllowOverride All
  Require all granted
</Directory>
`;

/** Writes a server's config file, with `own` before what both are told; gives its path. */
export function writeServerConfig(
  name: string,
  own: string,
  { config }: ComparisonCase,
  folder: CaseFolder,
  port: number,
): string {
  const file = join(folder.path, 'run', `${name}.conf`);
  writeFileSync(file, fillIn(`ServerRoot @ROOT@\n${own}${common}${config}\n`, folder, port));
  return file;
}

/** Puts the folder and the port into the text of a case. */
export function fillIn(text: string, folder: CaseFolder, port: number): string {
  return text.replaceAll('@ROOT@', folder.path).replaceAll('@PORT@', String(port));
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + (tried++ % PORTS);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

/** Below those that the system gives to whoever asks for any: nobody else takes one before its server does. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
/** Processes begin far from each other. */
let tried = (process.pid * 97) % PORTS;
