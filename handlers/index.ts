export { staticFiles } from './static.ts';
