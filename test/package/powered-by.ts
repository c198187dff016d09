import { DECLINED, type Directive, definePlugin } from 'sluice';
declare module 'sluice' {
  interface Directives {
    /** What the X-Powered-By header says. */
    poweredBy: Directive<string, string | undefined>;
  }
}
export default definePlugin({
  name: 'powered_by',
  directives: {
    PoweredBy: {
      takes: 'one',
      usage: 'text',
      help: 'What the X-Powered-By header says.',
      contexts: ['server config', 'virtual host', 'directory'],
    },
  },
  phases: {
    fixup: {
      when: (config) => config.poweredBy !== undefined,
      handler(r) {
        r.headersOut.set('X-Powered-By', r.config.poweredBy!);
        return DECLINED;
      },
    },
  },
});
