/** What stands above a page between two lines of three hyphens, and the rest of the file. */
export interface FrontMatter {
  /** By key, in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Reads lines of `key: value`; a value may stand in quotation marks. Other lines, such as comments, say nothing. */
export function readFrontMatter(text: string): FrontMatter {
  const { lines, body } =
    /^\uFEFF?---[ \t]*\r?\n(?<lines>(?:.*\r?\n)*?)---[ \t]*(?:\r?\n|$)(?<body>[^]*)$/.exec(text)?.groups ?? {};
  if (lines === undefined) return { fields: new Map(), body: text };
  const fields = new Map<string, string>();
  for (const line of lines.split(/\r?\n/)) {
    const { key, value } = /^(?<key>[\w-]+):\s*(?<value>.*?)\s*$/.exec(line)?.groups ?? {};
    if (key !== undefined) fields.set(key.toLowerCase(), value!.replace(/^(["'])(?<inner>.*)\1$/, '$<inner>'));
  }
  return { fields, body: body! };
}
