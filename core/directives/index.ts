export { connectionDirectives } from './connection-directives.ts';
export { errorDirectives } from './error-directives.ts';
export { filterDirectives } from './filter-directives.ts';
export { handlerDirectives } from './handler-directives.ts';
export { limitDirectives } from './limit-directives.ts';
export { overrideDirectives } from './override-directives.ts';
export { pathDirectives } from './path-directives.ts';
export { serverDirectives } from './server-directives.ts';
