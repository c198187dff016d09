import type { AddressInfo } from 'node:net';
import type { ListenAddress } from '../directives/server-directives.ts';
import type { Generation } from '../generation.ts';
import { HttpServer, type ServedApplication } from './http-server.ts';
import { listenFailure } from './listen-failure.ts';

/** How often a stopping server looks for connections that have become idle. */
const IDLE_CHECK = 50;

/** The listening sockets of an application, one server for each address. */
export class Listeners {
  readonly #application: ServedApplication;
  #servers = new Map<string, HttpServer>();
  /** On addresses that are given up, but with requests still running. */
  readonly #leaving = new Map<HttpServer, Promise<void>>();

  constructor(application: ServedApplication) {
    this.#application = application;
  }

  /** Where the server can be reached, one URL for each address. */
  get urls(): string[] {
    return [...this.#servers.values()].map((server) => urlOf(server.address() as AddressInfo, server.scheme));
  }

  /**
   * Listens on these addresses and no others: those that are open already stay so, and the others are closed when their
   * requests have ended, for which they have some seconds. Rejects, with everything left as it was, where an address can't
   * be had.
   */
  async follow(addresses: readonly ListenAddress[], generation: Generation): Promise<void> {
    const wanted = new Map(addresses.map((address, index) => [keyOf(address, index), address]));
    const opened = new Map<string, HttpServer>();
    try {
      for (const [key, address] of wanted) {
        if (!this.#servers.has(key)) opened.set(key, await this.#open(address, addresses, generation));
      }
    } catch (error) {
      await Promise.all([...opened.values()].map((server) => closeGracefully(server, 0)));
      throw error;
    }
    const old = this.#servers;
    this.#servers = new Map([...wanted.keys()].map((key) => [key, (opened.get(key) ?? old.get(key))!]));
    for (const [key, server] of old) {
      const address = wanted.get(key);
      if (address !== undefined) server.obey(generation, address.protocol);
      else this.#leave(server, generation.hosts.main.config.gracefulShutdownTimeout);
    }
  }

  /** Stops accepting; resolves when the last request has ended, or when `seconds` have passed and those that run were cut. */
  async close(seconds: number): Promise<void> {
    for (const server of this.#servers.values()) this.#leave(server, seconds);
    this.#servers.clear();
    await Promise.all(this.#leaving.values());
  }

  /** Cuts what the addresses that are given up still wait for. */
  cut(): void {
    for (const server of this.#leaving.keys()) server.closeAllConnections();
  }

  #leave(server: HttpServer, seconds: number): void {
    this.#leaving.set(
      server,
      closeGracefully(server, seconds).finally(() => this.#leaving.delete(server)),
    );
  }

  async #open(address: ListenAddress, all: readonly ListenAddress[], generation: Generation): Promise<HttpServer> {
    const server = new HttpServer(this.#application);
    server.obey(generation, address.protocol);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(listenFailure(error, address)));
      server.listen({ ...listenOptions(address), ipv6Only: isShared(address, all) }, resolve);
    });
    server.removeAllListeners('error');
    server.on('error', (error) => this.#application.loaded?.hosts.main.log.log('error', error.message, 'core'));
    return server;
  }
}

/** What Node's `listen` takes. */
export function listenOptions({ host, port }: ListenAddress): { host?: string; port: number } {
  return host === undefined ? { port } : { host, port };
}

/** Each line with port 0 is a listener of its own. */
function keyOf({ host, port }: ListenAddress, index: number): string {
  return `${host ?? '*'}:${port}${port === 0 ? `#${index}` : ''}`;
}

/** `[::]` takes the IPv4 addresses as well, unless another line asks for them. */
function isShared({ host, port }: ListenAddress, all: readonly ListenAddress[]): boolean {
  return host === '::' && all.some((other) => other.host === '0.0.0.0' && other.port === port);
}

const usualPorts = { http: 80, https: 443 };

function urlOf({ address, family, port }: AddressInfo, scheme: ListenAddress['protocol']): string {
  const isAny = address === '::' || address === '0.0.0.0';
  const host = isAny ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `${scheme}://${host}${port === usualPorts[scheme] ? '' : `:${port}`}/`;
}

/** Idle connections go at once, others as soon as they are idle. */
function closeGracefully(server: HttpServer, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK);
    const deadline = setTimeout(() => server.closeAllConnections(), seconds * 1_000);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(deadline);
      resolve();
    });
  });
}
