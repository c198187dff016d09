import { type IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ListenAddress } from '../directives/server-directives.ts';
import type { Generation } from '../generation.ts';
import { plainAddress } from '../plain-address.ts';
import { speaksTls } from '../tls/speaks-tls.ts';
import { Acceptor, hasAcceptSteps } from './accept.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import { ConnectionWatch } from './connection-watch.ts';
import { announceKeepAlive } from './direct-response.ts';
import { connectionOf } from './handle-request.ts';
import { largestHead } from './head-fault.ts';
import { awaitsContinue } from './http-exchange.ts';
import { HttpVersions, expectsPreface } from './http-versions.ts';
import { type Refusal, refuse } from './refusal.ts';
import { Upgrades, mayUpgrade } from './upgrades.ts';

/** What a server needs of its application. */
export interface ServedApplication {
  /** The configuration in force; undefined while it is being read. */
  readonly loaded: Generation | undefined;
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  readonly limits: ConnectionLimits;
}

/** How often Node looks for heads that are late. */
const CHECKING_INTERVAL = 500;

/** Newer lines of Node ask before they let go of a connection; `Upgrades` sees to the others. */
const upgradeOptions: object = { shouldUpgradeCallback: mayUpgrade };

/**
 * Node's HTTP server with an application's limits and time-outs. Errors of clients are answered behind the answers that
 * are due before, and logged; they never end the process. Where the config puts anything between a new socket and HTTP,
 * sockets go that way first; otherwise Node's server takes them itself.
 */
export class HttpServer extends Server {
  /** Node reads it at every new connection, but its types know it as an option only. */
  declare maxHeaderSize: number;
  readonly #application: ServedApplication;
  readonly #acceptor: Acceptor;
  readonly #versions: HttpVersions;
  readonly #upgrades: Upgrades;
  readonly #watch = new ConnectionWatch();
  readonly #accept: (socket: Socket) => void;
  /** Gives a socket to Node's own listener for new ones. */
  readonly #serveHttp: (socket: Socket) => void;
  #protocol: ListenAddress['protocol'] = 'http';
  #keepAliveTimeout = 0;

  constructor(application: ServedApplication) {
    super({
      connectionsCheckingInterval: CHECKING_INTERVAL,
      insecureHTTPParser: false,
      // The engine itself refuses such requests, with the error page and log line of every other one.
      requireHostHeader: false,
      // The body's time is measured where it is read.
      requestTimeout: 0,
      // The watch sees to it.
      keepAliveTimeout: 0,
      ...upgradeOptions,
    });
    this.#application = application;
    const [serveHttp1] = this.listeners('connection');
    this.removeAllListeners('connection');
    this.#serveHttp = (socket) => {
      this.#watch.add(socket);
      serveHttp1!.call(this, socket);
    };
    const listener: ServedApplication['listener'] = (request, response) => {
      announceKeepAlive(response, this.#keepAliveTimeout);
      application.listener(request, response);
    };
    this.#versions = new HttpVersions(application, this.#serveHttp);
    this.#acceptor = new Acceptor(application, (socket) => this.#versions.serve(socket));
    this.#accept = (socket) => this.#acceptor.accept(socket, this.#protocol);
    this.on('request', listener);
    this.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      awaitsContinue.add(request);
      listener(request, response);
    });
    this.on('checkExpectation', listener);
    this.on('connect', (request: IncomingMessage, socket: Socket) => answerConnect(request, socket, listener));
    this.#upgrades = new Upgrades(listener, this.#serveHttp);
    this.on('upgrade', (request, socket, head) => {
      this.#watch.forget(socket as Socket);
      this.#upgrades.answer(request, socket as Socket, head);
    });
    this.on('clientError', (error: Refusal, socket: Socket) =>
      refuse(error, socket, application.loaded?.hosts.main.log),
    );
  }

  /** Does what the config says, and the Listen line; connections that are open keep what they have. */
  obey(generation: Generation, protocol: ListenAddress['protocol']): void {
    this.#protocol = protocol;
    const { config } = generation.hosts.main;
    this.maxHeaderSize = largestHead(config);
    // The engine counts the fields: Node would drop those above its limit in silence.
    this.maxHeadersCount = 0;
    this.headersTimeout = config.requestReadTimeout.header.initial * 1_000;
    this.#watch.obey(config);
    this.#keepAliveTimeout = config.keepAliveTimeout * 1_000;
    this.#versions.obey(generation);
    this.removeListener('connection', this.#serveHttp).removeListener('connection', this.#accept);
    const isPlain = !hasAcceptSteps(generation, protocol) && !expectsPreface(generation);
    this.on('connection', isPlain ? this.#serveHttp : this.#accept);
  }

  /** What most of those speak who come in by it: the default server of its address decides. */
  get scheme(): ListenAddress['protocol'] {
    const { address, port } = this.address() as AddressInfo;
    const { config } = this.#application.loaded!.hosts.choose(plainAddress(address), port, undefined);
    return speaksTls(config, this.#protocol) ? 'https' : 'http';
  }

  override closeIdleConnections(): void {
    super.closeIdleConnections();
    this.#acceptor.closeWaiting();
    this.#versions.close();
    this.#upgrades.conclude();
  }

  override closeAllConnections(): void {
    super.closeAllConnections();
    this.#acceptor.closeAll();
    this.#versions.cut();
    this.#upgrades.cut();
  }
}

/** CONNECT travels like any request, although Node has given up the connection by now. */
function answerConnect(request: IncomingMessage, socket: Socket, listener: ServedApplication['listener']): void {
  const response = new ServerResponse(request);
  const connection = connectionOf(socket);
  const answer = (): void => {
    response.assignSocket(socket);
    response.shouldKeepAlive = false;
    response.once('finish', () => socket.destroySoon());
    listener(request, response);
  };
  socket.on('error', () => socket.destroy());
  if (connection.active === 0) answer();
  else connection.whenIdle = answer;
}
