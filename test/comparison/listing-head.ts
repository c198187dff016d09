/**
 * A listing is compared by the title, style sheet and markup that the config puts into its head, and by its whole body; the
 * DOCTYPE, and Sluice's own style and view port, are left out.
 */
export function normaliseListing(text: string): string {
  const parts = /^<!DOCTYPE[^>]*>\s*<html[^>]*>\s*<head>(?<head>.*?)<\/head>\s*(?<body><body>.*)$/is.exec(text)?.groups;
  const { head = '', body = '' } = parts ?? {};
  if (!head.includes('<title>Index of ')) return text;
  const said = head.replace(/<style>.*?<\/style>|<meta name="viewport"[^>]*>/gs, '').split('\n');
  return [...said.map((line) => line.trim()).filter((line) => line !== ''), body].join('\n');
}
