export { brotli } from './brotli.ts';
export { buffer } from './buffer.ts';
export { byteRange } from './byte-range.ts';
export { defaultCharset } from './default-charset.ts';
export { deflate } from './deflate.ts';
export { filter } from './filter.ts';
export { rateLimit } from './rate-limit.ts';
export { substitute } from './substitute.ts';
