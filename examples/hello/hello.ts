/** Served at every URL by `sluice serve examples/hello/hello.ts`. */
export default () => 'Hello World!\n';
