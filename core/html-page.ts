import { escapeHtml } from './escape-html.ts';

/** A page for people, light or dark as they have it: `body` is HTML, `style` CSS. */
export function htmlPage(title: string, body: string, style?: string): string {
  const styleLine = style === undefined ? '' : `<style>${style}</style>\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${styleLine}</head>
<body>
${body}</body>
</html>
`;
}
