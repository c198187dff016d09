import { ConfigError } from './config/config-error.ts';
import type { Scope } from './config/scope.ts';
import { parseAuthority } from './request-url.ts';
import type { ServerRecord } from './server-record.ts';
import { compileWildcard, hasWildcard } from './wildcard.ts';

interface VirtualHost {
  readonly addresses: readonly { readonly ip: string | undefined; readonly port: number | undefined }[];
  readonly server: ServerRecord;
  readonly aliases: readonly ((hostname: string) => boolean)[];
}

/** The servers of a configuration: chosen by local address and port first, then by name, as in Apache. */
export class VirtualHosts {
  /** The main server first, then the virtual hosts in the order of the file. */
  readonly all: readonly ServerRecord[];
  readonly main: ServerRecord;
  readonly #hosts: readonly VirtualHost[];

  /** `makeServer` takes the main server's scope and, for a virtual host, its own behind it. */
  constructor(main: Scope, makeServer: (servers: readonly Scope[]) => ServerRecord) {
    this.main = makeServer([withoutVirtualHosts(main)]);
    this.#hosts = main.sections
      .filter(({ kind }) => kind === 'VirtualHost')
      .map((scope) => {
        const server = makeServer([withoutVirtualHosts(main), scope]);
        return { addresses: scope.args.map((arg) => parseAddress(arg, scope)), server, aliases: aliasTests(server) };
      });
    this.all = [this.main, ...this.#hosts.map(({ server }) => server)];
  }

  /** The first host of the most exact address is the default for names that nobody has. */
  choose(localIp: string, localPort: number, hostHeader: string | undefined): ServerRecord {
    if (this.#hosts.length === 0) return this.main;
    const candidates = this.#atAddress(localIp, localPort);
    if (candidates.length === 0) return this.main;
    const hostname = hostHeader === undefined ? undefined : parseAuthority(hostHeader)?.hostname;
    const named =
      hostname === undefined
        ? undefined
        : candidates.find(
            ({ server, aliases }) => server.hostname === hostname || aliases.some((test) => test(hostname)),
          );
    return (named ?? candidates[0]!).server;
  }

  /** Pairs of virtual hosts that only their names tell apart. */
  *sharingAddress(): Generator<readonly [ServerRecord, ServerRecord], void> {
    for (const [index, first] of this.#hosts.entries()) {
      for (const second of this.#hosts.slice(index + 1)) {
        const isShared = first.addresses.some((one) =>
          second.addresses.some((other) => one.ip === other.ip && one.port === other.port),
        );
        if (isShared) yield [first.server, second.server];
      }
    }
  }

  /** Who may answer on connections to a port: its virtual hosts, or else the main server. */
  atPort(port: number): readonly ServerRecord[] {
    const found = this.#hosts.filter(({ addresses }) => addresses.some((at) => (at.port ?? port) === port));
    return found.length > 0 ? found.map(({ server }) => server) : [this.main];
  }

  #atAddress(ip: string, port: number): VirtualHost[] {
    const exact = this.#hosts.filter(({ addresses }) =>
      addresses.some((at) => at.ip === ip && (at.port ?? port) === port),
    );
    if (exact.length > 0) return exact;
    return this.#hosts.filter(({ addresses }) =>
      addresses.some((at) => at.ip === undefined && (at.port ?? port) === port),
    );
  }
}

/** The same scope for every server of the configuration, so that their plans can be compared. */
const stripped = new WeakMap<Scope, Scope>();

function withoutVirtualHosts(main: Scope): Scope {
  let scope = stripped.get(main);
  if (scope === undefined) {
    scope = { ...main, sections: main.sections.filter(({ kind }) => kind !== 'VirtualHost') };
    stripped.set(main, scope);
  }
  return scope;
}

function aliasTests(server: ServerRecord): ((hostname: string) => boolean)[] {
  return server.config.serverAlias.map((alias) =>
    hasWildcard(alias) ? compileWildcard(alias) : (hostname) => hostname === alias,
  );
}

function parseAddress(text: string, scope: Scope): { ip: string | undefined; port: number | undefined } {
  const parts = /^(?<host>\*|_default_|\[[0-9a-f:.]+\]|[0-9.]+)(?::(?<port>\d+|\*))?$/i.exec(text)?.groups;
  if (parts === undefined) {
    throw new ConfigError(
      scope,
      `<VirtualHost> takes addresses such as *:80, 127.0.0.1:8080 or [::1]:80, not "${text}"`,
    );
  }
  const isAny = parts['host'] === '*' || parts['host'] === '_default_';
  const port = parts['port'] === undefined || parts['port'] === '*' ? undefined : Number(parts['port']);
  return { ip: isAny ? undefined : parts['host']!.replace(/^\[|\]$/g, ''), port };
}
