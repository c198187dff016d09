import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutAt, readerOf } from './chunked.ts';

const places = fc.array(fc.nat(), { maxLength: 12 });
const textWithLines = fc
  .array(fc.oneof(fc.constantFrom('\n', '\r\n', '\n\n'), fc.string({ maxLength: 9 })))
  .map((parts) => Buffer.from(parts.join('')));

describe('however the bytes of a body are split', () => {
  it('the whole is the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), places, async (bytes, cuts) => {
        expect(await readerOf(cutAt(bytes, cuts)).bytes()).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('the lines are the same', async () => {
    await fc.assert(
      fc.asyncProperty(textWithLines, places, fc.integer({ min: 1, max: 12 }), async (bytes, cuts, maximum) => {
        const reader = readerOf(cutAt(bytes, cuts));
        const lines: string[] = [];
        for (let line = await reader.readLine(maximum); line.length > 0; line = await reader.readLine(maximum)) {
          lines.push(line.toString('latin1'));
        }
        const expected = new RegExp(`[^\\n]{0,${maximum - 1}}\\n|[^\\n]{1,${maximum}}`, 'g');
        expect(lines).toEqual(bytes.toString('latin1').match(expected) ?? []);
      }),
    );
  });

  it('a mixture of reads gives every byte once and in order', async () => {
    const step = fc.oneof(
      fc.record({ way: fc.constant('read' as const), count: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ way: fc.constant('readLine' as const), count: fc.integer({ min: 1, max: 20 }) }),
    );
    await fc.assert(
      fc.asyncProperty(textWithLines, places, fc.array(step, { maxLength: 10 }), async (bytes, cuts, steps) => {
        const reader = readerOf(cutAt(bytes, cuts));
        const pieces: Buffer[] = [];
        for (const { way, count } of steps) {
          const piece = await reader[way](count);
          expect(piece.length).toBeLessThanOrEqual(count);
          pieces.push(piece);
        }
        pieces.push(await reader.bytes());
        expect(Buffer.concat(pieces)).toEqual(bytes);
      }),
    );
  });
});
