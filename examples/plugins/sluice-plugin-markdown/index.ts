import { DECLINED, type Directive, OK, type RequestRecord, type Verdict, definePlugin } from 'sluice';
import { type Layout, plainLayout, readLayout } from './layout.ts';
import { layoutFilter } from './layout-filter.ts';
import { makePage, pageKey } from './page.ts';

declare module 'sluice' {
  interface Directives {
    /** Whether files that end in .md are shown as pages. */
    markdown: Directive<boolean>;
    /** The HTML around the pages, with {{content}}, {{title}}, {{description}}, {{language}} and keys of the front matter. */
    markdownLayout: Directive<string, Layout>;
    /** Whether HTML in the files is HTML in the pages, and links may have any scheme; only for files of people that are trusted. */
    markdownHtml: Directive<boolean>;
  }
}

export default definePlugin({
  name: 'markdown',
  directives: {
    Markdown: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether files that end in .md are shown as pages.',
      contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
      override: 'FileInfo',
      default: false,
    },
    MarkdownLayout: {
      takes: 'one',
      usage: 'file',
      help: 'The HTML around the pages, with {{content}}, {{title}}, {{description}}, {{language}} and keys of the front matter; read at start.',
      contexts: ['server config', 'virtual host', 'directory'],
      default: plainLayout,
      defaultText: 'a plain page',
      parse: ([file = ''], site) => readLayout(site.resolve(file), site),
    },
    MarkdownHtml: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether HTML in the files is HTML in the pages, and links may have any scheme; only for files of people that are trusted.',
      contexts: ['server config', 'virtual host', 'directory'],
      default: false,
    },
  },
  phases: {
    // DECLINED: the plugin mime still says the language.
    type: { order: 'first', pure: true, when: ({ markdown }) => markdown, handler: chooseHandler },
  },
  handlers: { markdown: showPage },
  outputFilters: { MARKDOWN_LAYOUT: layoutFilter },
  // The layout is what all other filters of the content see.
  insertFilters: {
    order: 'first',
    when: ({ markdown }) => markdown,
    insert(r) {
      if (r.handler === 'markdown') r.addOutputFilter('MARKDOWN_LAYOUT');
    },
  },
});

function chooseHandler(r: RequestRecord): Verdict {
  const isPage = r.filename?.endsWith('.md') === true && r.finfo?.isFile() === true && r.pathInfo === '';
  const isRead = r.method === 'GET' || r.method === 'HEAD';
  // Hidden files are for the handler of static files to refuse.
  const isHidden = r.uri.includes('/.') && !r.config.dotFiles;
  if (isPage && isRead && !isHidden) r.handler = 'markdown';
  return DECLINED;
}

/** The page, or the file itself for clients that would rather have Markdown. */
function showPage(r: RequestRecord): Verdict | string {
  const { type } = r.negotiate([{ type: 'text/html' }, { type: 'text/markdown', qs: 0.9 }]);
  if (type === 'text/markdown') return DECLINED;
  const page = makePage(r);
  r.contentType = 'text/html';
  r.charset = 'utf-8';
  r.setLastModified(page.modified);
  r.setEtag(page.etag);
  const condition = r.meetsConditions();
  if (condition !== OK) return condition;
  r.state.set(pageKey, page);
  return page.content;
}
