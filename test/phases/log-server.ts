import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { corePlugin } from '../../core/core-plugin.ts';
import { Application } from '../../core/host/application.ts';
import type { Plugin } from '../../core/plugin.ts';
import { logConfig } from '../../phases/log-config.ts';

/** A running server with access logs, in a folder of its own. */
export class LogServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'sluice-access-'));
  readonly #plugins: readonly Plugin[];
  #application: Application | undefined;
  #server: Server | undefined;

  constructor(...plugins: Plugin[]) {
    this.#plugins = plugins;
  }

  get port(): number {
    return (this.#server!.address() as AddressInfo).port;
  }

  /** Rejects with the ConfigError where the config is wrong. */
  async start(config: ConfigObject): Promise<void> {
    const builtIn = [corePlugin, logConfig, ...this.#plugins];
    const source = { config: { errorLog: './error.log', ...config }, folder: this.folder };
    this.#application = new Application(source, { builtIn });
    await this.#application.ready();
    const callback = this.#application.callback();
    this.#server = createServer((request, response) => void callback(request, response));
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
  }

  /** Sends each request when the answer to the one before is there, all on one connection. */
  async send(...requests: string[]): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    // A connection that is cut shows by what is missing.
    socket.on('error', () => {});
    let received = '';
    socket.on('data', (chunk) => (received += String(chunk)));
    for (const request of requests) {
      const answer = new Promise((resolve) => socket.once('data', resolve));
      socket.write(request, 'latin1');
      await Promise.race([answer, closed]);
    }
    socket.end();
    await closed;
    return received;
  }

  get(path: string, headers = ''): Promise<string> {
    return this.send(`GET ${path} HTTP/1.1\r\nHost: a.test\r\n${headers}\r\n`);
  }

  lines(log = 'access.log'): string[] {
    return readFileSync(join(this.folder, log), 'utf8').split('\n').slice(0, -1);
  }

  /** Ends it, so that everything is in the logs. */
  async stopKeepingFiles(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await this.#application?.generation.close();
    }
  }

  async stop(): Promise<void> {
    await this.stopKeepingFiles();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
