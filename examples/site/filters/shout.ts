import type { FilterContext } from 'sluice';

/** Puts a text into capitals. */
export default async function* shout(chunks: AsyncIterable<Uint8Array>, _f: FilterContext) {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true }).toUpperCase();
  yield decoder.decode().toUpperCase();
}
