import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ListenOptions } from 'node:net';
import Koa, { type Context, type Middleware } from 'koa';
import type { ListenAddress } from '../directives/server-directives.ts';
import { errorPage } from '../error-page.ts';
import { type ConfigSource, Generation, type GenerationOptions } from '../generation.ts';
import type { PluginSet } from '../plugin-set.ts';
import { travelBehindMiddleware } from './behind-middleware.ts';
import { handleRequest } from './handle-request.ts';
import { ConnectionLimits } from './connection-limits.ts';
import { HttpServer } from './http-server.ts';
import { Listeners, listenOptions } from './listeners.ts';

/** Where neither the config nor the caller of `start` names a port. */
export const defaultPort = 8080;

/** Given back by the request listener, so that requests which need no promise make none. */
const answered = Promise.resolve();

/**
 * A Koa application whose requests travel Sluice's phases. Middleware added with `use` runs in front of them; without any,
 * no Koa context is made until somebody asks for `r.ctx`.
 *
 * @example
 * const app = createApp('httpd.conf');
 * const [url] = await app.start();
 * process.once('SIGHUP', () => void app.reload());
 */
export class Application extends Koa {
  readonly #source: ConfigSource;
  readonly #options: GenerationOptions;
  readonly #loading: Promise<void>;
  readonly #listeners: Listeners;
  /** @internal How many connections there are, over all listeners. */
  readonly limits = new ConnectionLimits();
  #generation: Generation | undefined;
  /** Given on the command line, it replaces what the config says. */
  #port: number | undefined;

  constructor(source: ConfigSource, options: GenerationOptions) {
    super();
    this.#source = source;
    this.#options = options;
    this.#loading = Generation.load(source, options).then((generation) => void (this.#generation = generation));
    // Whoever waits for `ready` hears of a bad config; for others the requests do.
    this.#loading.catch(() => undefined);
    this.#listeners = new Listeners(this);
  }

  /** Resolves when the config is read and everything it names is loaded. Rejects with a ConfigError where it is wrong. */
  ready(): Promise<void> {
    return this.#loading;
  }

  /** @internal The configuration in force. Throws before `ready`. */
  get generation(): Generation {
    if (this.#generation === undefined) throw new Error('the config is not loaded yet; await ready() first');
    return this.#generation;
  }

  /** @internal The configuration in force; undefined before `ready`. */
  get loaded(): Generation | undefined {
    return this.#generation;
  }

  /** @internal Those of the configuration in force. */
  get plugins(): PluginSet {
    return this.generation.plugins;
  }

  /** What `callback` gives, made anew by each use. */
  get listener(): (request: IncomingMessage, response: ServerResponse) => void {
    const listen = this.callback();
    return (request, response) => void listen(request, response);
  }

  /** The request listener for `http.createServer` and supertest; requests that come before `ready` wait for it. */
  override callback(): ReturnType<Koa['callback']> {
    let behindMiddleware: ReturnType<Koa['callback']> | undefined;
    const handle = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      if (this.middleware.length === 0) {
        handleRequest(this.generation, request, response, makeContext);
        return answered;
      }
      behindMiddleware ??= this.#callbackBehindMiddleware();
      return behindMiddleware(request, response);
    };
    const makeContext = (request: IncomingMessage, response: ServerResponse): Context => {
      const context = this.createContext(request, response);
      context.respond = false;
      return context;
    };
    return (incoming, outgoing) => {
      // HTTP/2's compatibility classes have the same members.
      const request = incoming as IncomingMessage;
      const response = outgoing as ServerResponse;
      if (this.#generation !== undefined) return handle(request, response);
      return this.#loading.then(
        () => handle(request, response),
        (error: Error) => this.#refuse(response, error),
      );
    };
  }

  /** The phases as Koa middleware of another application; a request that nobody answers goes on to `next`. */
  toMiddleware(): Middleware {
    return async (context, next) => {
      if (this.#generation === undefined) await this.#loading;
      await travelBehindMiddleware(this.generation, context, next);
    };
  }

  /**
   * With arguments, listens as Koa does; without, on the first address that the config's Listen names. The server takes
   * its limits and time-outs from the config.
   */
  override listen(...args: unknown[]): Server {
    const server = new HttpServer(this);
    void this.#loading.then(
      () => {
        const [address] = this.generation.hosts.main.config.listen;
        server.obey(this.generation, address?.protocol ?? 'http');
        if (args.length > 0 || address === undefined) server.listen(...(args as [ListenOptions]));
        else server.listen(listenOptions(address));
      },
      (error: Error) => server.emit('error', error),
    );
    return server;
  }

  /** Listens on every address of the config, or on `port`; gives the URLs. Rejects, with none left open, where one can't be had. */
  async start(port?: number): Promise<readonly string[]> {
    await this.#loading;
    this.#port = port;
    await this.#listeners.follow(this.#addresses(this.generation), this.generation);
    return this.#listeners.urls;
  }

  /** Stops accepting, finishes what runs within GracefulShutdownTimeout, then lets everything go. */
  async stop(): Promise<void> {
    const { generation } = this;
    generation.closing = true;
    await this.#listeners.close(generation.hosts.main.config.gracefulShutdownTimeout);
    await generation.close();
  }

  /** Ends at once what a `stop` still waits for. */
  cut(): void {
    this.#listeners.cut();
  }

  /**
   * Reads the config anew and swaps it in; requests that run finish with the old one. Rejects, with the old one kept,
   * where it is wrong or names an address that can't be had.
   */
  async reload(): Promise<void> {
    const generation = await Generation.load(this.#source, { ...this.#options, fresh: true });
    try {
      if (this.#listeners.urls.length > 0) {
        await this.#listeners.follow(this.#addresses(generation), generation);
      }
    } catch (error) {
      await generation.close();
      throw error;
    }
    const old = this.#generation;
    this.#generation = generation;
    void old?.retire().catch((error: Error) => generation.hosts.main.log.log('error', error.message, 'core'));
  }

  #addresses(generation: Generation): readonly ListenAddress[] {
    const { listen } = generation.hosts.main.config;
    if (this.#port === undefined && listen.length > 0) return listen;
    return [{ host: undefined, port: this.#port ?? defaultPort, protocol: listen[0]?.protocol ?? 'http' }];
  }

  #callbackBehindMiddleware(): ReturnType<Koa['callback']> {
    this.use((context) => travelBehindMiddleware(this.generation, context));
    return super.callback();
  }

  #refuse(response: ServerResponse, error: Error): void {
    this.emit('error', error);
    response.writeHead(500, ['Content-Type', 'text/html; charset=utf-8']).end(errorPage(500));
  }
}
