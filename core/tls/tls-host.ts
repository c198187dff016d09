import type { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { type SecureContextOptions, type Server, type TLSSocket, createServer } from 'node:tls';
import { ConfigError } from '../config/config-error.ts';
import type { Config } from '../config/directive.ts';
import type { ServerRecord } from '../server-record.ts';
import { codeOf, messageOf } from '../thrown.ts';
import { type KeyPair, readCertificates, readKeyPairs } from './certificates.ts';
import { clientFault } from './client-certificate.ts';
import { SocketGone } from '../host/read-ahead.ts';
import { secureContextOptions } from './secure-context.ts';

/** Milliseconds between two looks at the files, which happen as clients come. */
const FILE_CHECK = 5_000;
/** The accepting side has a deadline of its own; Node's is longer than any of those. */
const NO_DEADLINE = 2 ** 31 - 1;

/** The TLS of one server: certificates, ciphers, what it wants of clients. It never listens; sockets are brought to it. */
export class TlsHost {
  readonly server: ServerRecord;
  readonly #tls: Server;
  readonly #files: readonly string[];
  /** Handshakes under way, by the addresses and ports of both ends. */
  readonly #handshakes = new Map<string, (socket: TLSSocket) => void>();
  #revision: string;
  /** Who may sign certificates of clients. */
  #authorities: readonly X509Certificate[];
  #nextCheck = 0;

  /** Throws a ConfigError where the files or settings can't be used together. */
  constructor(server: ServerRecord) {
    const { config } = server;
    this.server = server;
    this.#files = filesOf(config);
    this.#revision = revisionOf(this.#files);
    const { options, authorities } = this.#read();
    this.#authorities = authorities;
    this.#tls = createServer({
      ...options,
      // A client that knows none of these is refused, so the one that is always spoken must be among them.
      ALPNProtocols: [...new Set([...config.protocols, 'http/1.1'])].filter((protocol) => protocol !== 'h2c'),
      requestCert: config.sslVerifyClient !== 'none',
      // What is wrong with a client's certificate is judged, and told, where the socket goes on.
      rejectUnauthorized: false,
      handshakeTimeout: NO_DEADLINE,
    });
    this.#tls.on('secureConnection', (socket) => this.#handshakes.get(endsOf(socket))?.(socket));
    this.#tls.on('tlsClientError', (error, socket) => {
      server.log.log('info', `[client ${socket.remoteAddress ?? 'gone'}] TLS handshake: ${error.message}`, 'ssl');
    });
  }

  /** Resolves with the socket that speaks TLS over `socket`; rejects with SocketGone where that closes before. */
  handshake(socket: Socket): Promise<TLSSocket> {
    this.#followFiles();
    const ends = endsOf(socket);
    // A client that ends its side during the handshake is gone; later on it may still wait for an answer.
    socket.allowHalfOpen = false;
    return new Promise((resolve, reject) => {
      const settle = (secured: TLSSocket): void => {
        this.#handshakes.delete(ends);
        secured.allowHalfOpen = true;
        resolve(secured);
      };
      this.#handshakes.set(ends, settle);
      socket.once('close', () => {
        if (this.#handshakes.get(ends) === settle) this.#handshakes.delete(ends);
        reject(new SocketGone('the client left during the TLS handshake'));
      });
      this.#tls.emit('connection', socket);
    });
  }

  /** What keeps a client from being served for its certificate, or for having none; undefined where nothing does. */
  clientFault(socket: TLSSocket): string | undefined {
    return clientFault(socket, this.server.config, this.#authorities);
  }

  #read(): { options: SecureContextOptions; authorities: readonly X509Certificate[] } {
    const { config } = this.server;
    const pairs = readKeyPairs(config);
    const { sslcaCertificateFile: file, sslVerifyClient } = config;
    if (file === undefined && (sslVerifyClient === 'require' || sslVerifyClient === 'optional')) {
      throw new ConfigError(
        this.server.definedAt,
        `SSLVerifyClient ${sslVerifyClient} needs to know who may sign certificates; name them by SSLCACertificateFile`,
      );
    }
    const authorities = file === undefined ? [] : readCertificates(file).certificates;
    warnOfTime(pairs, this.server);
    return { options: secureContextOptions(config, pairs, authorities), authorities };
  }

  /** Takes up files that have been replaced; where they don't fit each other (yet), the old ones stay in use. */
  #followFiles(): void {
    const now = performance.now();
    if (now < this.#nextCheck) return;
    this.#nextCheck = now + FILE_CHECK;
    const revision = revisionOf(this.#files);
    if (revision === this.#revision) return;
    const { hostname, log } = this.server;
    this.#revision = revision;
    try {
      const { options, authorities } = this.#read();
      this.#tls.setSecureContext(options);
      this.#authorities = authorities;
      log.log('notice', `the certificate of ${hostname} was read anew`, 'ssl');
    } catch (error) {
      log.log('error', `the changed certificate of ${hostname} isn't used, the old one is: ${messageOf(error)}`, 'ssl');
    }
  }
}

const hostsByServer = new WeakMap<ServerRecord, TlsHost | undefined>();

/** The TLS of a server that has a certificate and doesn't switch TLS off. Throws a ConfigError where it can't work. */
export function tlsHostOf(server: ServerRecord): TlsHost | undefined {
  if (!hostsByServer.has(server)) hostsByServer.set(server, makeTlsHost(server));
  return hostsByServer.get(server);
}

function makeTlsHost(server: ServerRecord): TlsHost | undefined {
  const { sslEngine, sslCertificateFile } = server.config;
  if (sslEngine === false) return undefined;
  if (sslCertificateFile.length > 0) return new TlsHost(server);
  if (sslEngine === undefined) return undefined;
  throw new ConfigError(
    server.definedAt,
    'SSLEngine is on, but there is no certificate; name its file by SSLCertificateFile, and that of its key by SSLCertificateKeyFile',
  );
}

function filesOf(config: Config): readonly string[] {
  const {
    sslCertificateFile,
    sslCertificateKeyFile,
    sslCertificateChainFile,
    sslcaCertificateFile,
    sslcaRevocationFile,
  } = config;
  const single = [sslCertificateChainFile, sslcaCertificateFile, sslcaRevocationFile];
  return [...sslCertificateFile, ...sslCertificateKeyFile, ...single].flatMap((file) => file?.path ?? []);
}

/** Differs whenever a file was written or put in another's place, or can't be looked at any more. */
function revisionOf(files: readonly string[]): string {
  return files.map(revisionOfFile).join();
}

function revisionOfFile(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch (error) {
    return String(codeOf(error));
  }
}

function warnOfTime(pairs: readonly KeyPair[], { log }: ServerRecord): void {
  for (const { certificate, file } of pairs) {
    const { validFrom, validTo } = certificate;
    const now = Date.now();
    const place = `${file.at.file}:${file.at.line}`;
    if (Date.parse(validTo) < now)
      log.log('warn', `${place}: the certificate ${file.path} expired on ${validTo}`, 'ssl');
    if (Date.parse(validFrom) > now) {
      log.log('warn', `${place}: the certificate ${file.path} isn't valid before ${validFrom}`, 'ssl');
    }
  }
}

/** No two open connections have the same. */
function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}
