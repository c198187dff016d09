import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ListenOptions } from 'node:net';
import Koa, { type Context } from 'koa';
import { type ConfigSource, Generation, type GenerationOptions } from '../generation.ts';
import type { PluginSet } from '../plugin-set.ts';
import { errorPage } from '../error-page.ts';
import { createHttpServer } from './http-server.ts';
import { handleRequest } from './handle-request.ts';
import { Listeners } from './listeners.ts';

/** Given back by the request listener, so that requests which need no promise make none. */
const answered = Promise.resolve();

/**
 * A Koa application whose requests travel Sluice's phases. Middleware added with `use` runs in front of them; without any,
 * no Koa context is made until somebody asks for `r.ctx`.
 */
export class Application extends Koa {
  readonly #source: ConfigSource;
  readonly #options: GenerationOptions;
  readonly #loading: Promise<void>;
  #generation: Generation | undefined;
  #listeners: Listeners | undefined;

  constructor(source: ConfigSource, options: GenerationOptions) {
    super();
    this.#source = source;
    this.#options = options;
    this.#loading = Generation.load(source, options).then((generation) => void (this.#generation = generation));
    // Whoever waits for `ready` hears of a bad config; for others the requests do.
    this.#loading.catch(() => undefined);
  }

  /** Resolves when the config is read and everything it names is loaded. Rejects with a ConfigError where it is wrong. */
  ready(): Promise<void> {
    return this.#loading;
  }

  /** The configuration in force. Throws before `ready`. */
  get generation(): Generation {
    if (this.#generation === undefined) throw new Error('the config is not loaded yet; await ready() first');
    return this.#generation;
  }

  get plugins(): PluginSet {
    return this.generation.plugins;
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

  /**
   * With arguments, listens as Koa does; without, on the first address that the config's Listen names. The server takes
   * its limits and time-outs from the config.
   */
  override listen(...args: unknown[]): Server {
    const server = createHttpServer(this);
    void this.#loading.then(
      () => {
        const [address] = this.generation.hosts.main.config.listen;
        if (args.length > 0 || address === undefined) server.listen(...(args as [ListenOptions]));
        else server.listen({ port: address.port, ...(address.host === undefined ? {} : { host: address.host }) });
      },
      (error: Error) => server.emit('error', error),
    );
    return server;
  }

  /** Listens on every address of the config, or on `port`; gives the URLs. Rejects where one can't be had. */
  async start(port?: number): Promise<readonly string[]> {
    await this.#loading;
    const addresses = port === undefined ? this.generation.hosts.main.config.listen : [{ host: undefined, port }];
    this.#listeners = new Listeners(this);
    return this.#listeners.open(addresses);
  }

  /** Stops accepting, finishes what runs within GracefulShutdownTimeout, then lets everything go. */
  async stop(): Promise<void> {
    await this.#listeners?.close(this.generation.hosts.main.config.gracefulShutdownTimeout);
    await this.#generation?.close();
  }

  /** Reads the config anew and swaps it in; requests that run finish with the old one. Rejects, with the old one kept, where it is wrong. */
  async reload(): Promise<void> {
    const generation = await Generation.load(this.#source, { ...this.#options, fresh: true });
    const old = this.#generation;
    this.#generation = generation;
    await this.#listeners?.follow(generation.hosts.main.config.listen);
    await old?.close();
  }

  #callbackBehindMiddleware(): ReturnType<Koa['callback']> {
    this.use((context) => this.#travel(context));
    return super.callback();
  }

  /** The phases as the last middleware; Koa's own answer is switched off. */
  #travel(context: Context): Promise<void> {
    context.respond = false;
    return new Promise((resolve) => {
      context.res.once('close', resolve);
      handleRequest(this.generation, context.req, context.res, () => context);
    });
  }

  #refuse(response: ServerResponse, error: Error): void {
    this.emit('error', error);
    response.writeHead(500, ['Content-Type', 'text/html; charset=utf-8']).end(errorPage(500));
  }
}
