import { DECLINED, type Directive, definePlugin } from 'sluice';

declare module 'sluice' {
  interface Directives {
    /** What the header X-Powered-By of answers says; `Off` for none. */
    poweredBy: Directive<string, string | undefined>;
  }
}

export default definePlugin({
  name: 'powered_by',
  directives: {
    PoweredBy: {
      takes: 'one',
      usage: 'text | Off',
      help: 'What the header X-Powered-By of answers says.',
      contexts: ['server config', 'virtual host', 'directory'],
      // At start, once per line: what is wrong here never meets a request.
      parse([text = ''], site) {
        if (text.toLowerCase() === 'off') return undefined;
        if (/^[\x20-\x7e]+$/.test(text)) return text;
        return site.fail(`PoweredBy takes a text of printable ASCII characters, or Off, not ${JSON.stringify(text)}`);
      },
    },
  },
  phases: {
    fixup: {
      // Asked once per section: requests elsewhere never meet the handler.
      when: (config) => config.poweredBy !== undefined,
      handler(r) {
        r.headersOut.set('X-Powered-By', r.config.poweredBy!);
        return DECLINED;
      },
    },
  },
});
