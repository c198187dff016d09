import { BodyReader, type BodyOptions } from '../../../core/body/body-reader.ts';

/** A reader over these pieces, each in a turn of its own. */
export function readerOf(pieces: readonly (string | Uint8Array)[], options: Partial<BodyOptions> = {}): BodyReader {
  return new BodyReader(chunks(pieces), { limit: 0, ...options });
}

/** `bytes` cut at these places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

async function* chunks(pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
