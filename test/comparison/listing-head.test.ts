import { describe, expect, it } from '@jest/globals';
import { normaliseListing } from './listing-head.ts';

const body = '<body>\n<h1>Index of /a</h1>\n</body></html>\n';

describe('what is compared of a listing', () => {
  it('is the same for either DOCTYPE, with and without a style', () => {
    const apache = `<!DOCTYPE HTML PUBLIC "x" "y">\n<html>\n <head>\n  <title>Index of /a</title>\n </head>\n ${body}`;
    const sluice = `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta name="viewport" content="x">\n<title>Index of /a</title>\n<style>\na{b:c}\n</style>\n</head>\n${body}`;
    expect(normaliseListing(sluice)).toBe(normaliseListing(apache));
    expect(normaliseListing(apache)).toBe(`<title>Index of /a</title>\n${body}`);
  });

  it('has what the config puts into the head, and every blank of the body', () => {
    const page = (head: string, rest: string): string =>
      normaliseListing(`<!DOCTYPE html><html><head><title>Index of /a</title>${head}</head>${rest}`);
    expect(page('<meta name="x">', body)).not.toBe(page('', body));
    expect(page('', body.replace('<h1>', '<h1> '))).not.toBe(page('', body));
  });

  it('leaves other pages alone', () => {
    const page = '<!DOCTYPE html><html><head><title>Mine</title><style></style></head><body></body></html>';
    expect(normaliseListing(page)).toBe(page);
  });
});
