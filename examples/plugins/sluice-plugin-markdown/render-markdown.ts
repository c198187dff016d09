import { Marked, Parser, type RendererObject, TextRenderer, type Tokens } from 'marked';
import { escapeHtml } from './escape-html.ts';

/** For files of people that may write text, but no HTML of their own. */
const carefulRenderer: RendererObject = {
  html: ({ text }) => escapeHtml(text),
  // False leaves it to the renderer of marked.
  link(token) {
    return isSafe(token.href) ? false : this.parser.parseInline(token.tokens);
  },
  image(token) {
    return isSafe(token.href) ? false : escapeHtml(token.text);
  },
};

const careful = new Marked({ renderer: carefulRenderer });
const trusting = new Marked();

/** HTML, and the text of the first heading. */
export function renderMarkdown(
  text: string,
  html: boolean,
): { readonly content: string; readonly heading: string | undefined } {
  const marked = html ? trusting : careful;
  const tokens = marked.lexer(text);
  const heading = tokens.find((token): token is Tokens.Heading => token.type === 'heading');
  return {
    content: marked.parser(tokens),
    heading:
      heading === undefined ? undefined : Parser.parseInline(heading.tokens, { renderer: new TextRenderer() as never }),
  };
}

/** Without a scheme, or with one that runs nothing. Browsers skip white space and control characters in front and inside. */
function isSafe(url: string): boolean {
  const scheme = /^(?<scheme>[^/?#:]*):/.exec(url.replaceAll(/[\p{Cc}\s]/gu, ''))?.groups?.['scheme'];
  return scheme === undefined || ['http', 'https', 'mailto', 'tel'].includes(scheme.toLowerCase());
}
