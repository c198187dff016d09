import type { RequestRecord } from 'sluice';

/** A page in two pieces, the second of which takes its time. */
export default async function* made(r: RequestRecord) {
  r.contentType = 'text/html';
  yield '<!doctype html><head><title>Made</title></head><bo';
  await new Promise((resolve) => setTimeout(resolve, 20));
  yield `dy><p>This page was made in two pieces.</p></body>\n`;
}
