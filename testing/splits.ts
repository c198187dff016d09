import { type Brigade, EOS, FLUSH } from '../core/filter/bucket.ts';

/** One way in which a body can arrive at a filter. */
export interface Split {
  /** Completes `The filter differs when it is fed …`. */
  readonly name: string;
  readonly brigades: readonly Brigade[];
  /** The reader takes its time. */
  readonly isSlow?: true;
}

/** No more pieces than this, so that a large body doesn't take minutes byte by byte. */
const MOST_PIECES = 4_096;

/** Every way of cutting `chunks` into buckets and brigades that a filter must not see a difference in; the first is as given. */
export function splitsOf(chunks: readonly (string | Uint8Array)[], seed: number): Split[] {
  const body = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string)));
  const half = Math.ceil(body.length / 2);
  const bytes = pieces(body, () => Math.ceil(body.length / MOST_PIECES));
  const random = pieces(body, randomSizes(body.length, seed));
  return [
    { name: 'as given', brigades: [...chunks.map((chunk) => [chunk]), [EOS]] },
    { name: 'whole, together with EOS', brigades: [[body, EOS]] },
    { name: 'whole, with EOS alone behind it', brigades: [[body], [EOS]] },
    { name: 'in two halves', brigades: [[body.subarray(0, half)], [body.subarray(half), EOS]] },
    { name: 'byte by byte', brigades: [...bytes.map((piece) => [piece]), [EOS]] },
    { name: 'byte by byte in one brigade', brigades: [[...bytes, EOS]] },
    {
      name: 'in two halves with FLUSH between',
      brigades: [
        [body.subarray(0, half), FLUSH],
        [body.subarray(half), FLUSH, EOS],
      ],
    },
    { name: 'byte by byte with FLUSH between', brigades: [...bytes.map((piece): Brigade => [piece, FLUSH]), [EOS]] },
    { name: `in random pieces (seed ${seed})`, brigades: [...random.map((piece) => [piece]), [EOS]] },
    { name: 'in random pieces for a slow reader', brigades: [...random.map((piece) => [piece]), [EOS]], isSlow: true },
  ];
}

function pieces(body: Buffer, size: () => number): Buffer[] {
  const cut: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = at + size();
    cut.push(body.subarray(at, end));
    at = end;
  }
  return cut;
}

/** Sizes from a linear congruential generator (Numerical Recipes), the same for the same seed. */
function randomSizes(length: number, seed: number): () => number {
  const largest = Math.max(1, Math.ceil(length / 4));
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + (state % largest);
  };
}
