export { byteRange } from './byte-range.ts';
export { defaultCharset } from './default-charset.ts';
