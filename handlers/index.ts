export { asis } from './asis.ts';
export { autoindex } from './autoindex.ts';
export { echo } from './echo.ts';
export { imagemap } from './imagemap.ts';
export { staticFiles } from './static.ts';
export { type ConnectApplication, connectHandler } from './connect.ts';
export { type FetchApplication, fetchHandler } from './fetch.ts';
export { koaHandler } from './koa.ts';
export { reflector } from './reflector.ts';
