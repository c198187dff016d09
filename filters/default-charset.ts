import type { Brigade } from '../core/filter/bucket.ts';
import type { BrigadeFilter, FilterContext } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The charset of plain text and HTML that has none: `On` for iso-8859-1, `Off`, or its name. */
    addDefaultCharset: Directive<string | boolean, string | undefined>;
  }
}

const charsetFilter: BrigadeFilter = {
  type: 'protocol',
  changes: 'nothing',
  brigade(brigade: Brigade, f: FilterContext): Brigade {
    const { r } = f;
    f.remove();
    if (r.charset === undefined && (r.contentType === 'text/html' || r.contentType === 'text/plain')) {
      r.charset = r.config.addDefaultCharset;
    }
    return brigade;
  },
};

/** AddDefaultCharset: decided as the head is about to leave, so that it holds for what handlers make, too. */
export const defaultCharset = definePlugin({
  name: 'default_charset',
  directives: {
    AddDefaultCharset: {
      takes: 'one',
      usage: 'On | Off | charset',
      help: 'The charset of plain text and HTML that has none; On means iso-8859-1.',
      contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
      override: 'FileInfo',
      parse([charset = '']) {
        const name = charset.toLowerCase();
        if (name === 'off') return undefined;
        return name === 'on' ? 'iso-8859-1' : charset;
      },
    },
  },
  outputFilters: { 'DEFAULT-CHARSET': charsetFilter },
  insertFilters: {
    when: (config) => config.addDefaultCharset !== undefined,
    insert: (r) => void r.addOutputFilter('DEFAULT-CHARSET'),
  },
});
