import { type Server, createServer } from 'node:http';
import type { Application } from './application.ts';

/** Node's HTTP server with the limits and time-outs of the application's config. */
export function createHttpServer(application: Application): Server {
  return createServer({ keepAliveTimeout: 5_000, headersTimeout: 20_000, requestTimeout: 0 }, application.callback());
}
