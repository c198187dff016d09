import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMagicLine } from '../../../phases/mime-magic/magic-line.ts';
import { matchMagic } from '../../../phases/mime-magic/match-magic.ts';

const match = (lines: readonly string[], bytes: string | readonly number[]): string | undefined =>
  matchMagic(
    lines.map(parseMagicLine),
    typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from([...bytes]),
  );

describe('a line of magic', () => {
  it.each([
    ['0 string GIF8 image/gif', 'GIF89a'],
    ['0 string \\x47\\111F image/gif', 'GIF89a'],
    ['0 string \\!\\040\\< image/gif', '! <'],
    ['0 string !a image/gif', '!a'],
    ['1 string/c if8 image/gif', 'GIF89a'],
    ['0 string >abc image/gif', 'abd'],
    ['0x2 byte 3 image/gif', [1, 2, 3]],
    ['0 byte -1 image/gif', [255]],
    ['0 byte <0 image/gif', [255]],
    ['0 ubyte >0xf0 image/gif', [255]],
    ['0 byte !1 image/gif', [2]],
    ['0 byte &0x81 image/gif', [0x91]],
    ['0 byte ^0x81 image/gif', [0x90]],
    ['0 byte&0xf0 0x20 image/gif', [0x2c]],
    ['0 beshort 0xcafe image/gif', [0xca, 0xfe]],
    ['0 leshort 0xcafe image/gif', [0xfe, 0xca]],
    ['0 belong 0x89504e47 image/gif', [0x89, 0x50, 0x4e, 0x47]],
    ['0 short 017 image/gif', [15, 0]],
    ['5 long x image/gif', 'long enough'],
  ])('%s fits %j', (line, bytes) => {
    expect(match([line], bytes)).toBe('image/gif');
    expect(match([line], [])).toBeUndefined();
  });

  it.each([
    ['0 string GIF8 image/gif', 'GIF7'],
    ['0 ubyte <0 image/gif', [255]],
    ['0 byte =1 image/gif', [2]],
    ['3 belong 1 image/gif', [0, 0, 0, 0, 0, 1]],
  ])('%s does not fit %j', (line, bytes) => {
    expect(match([line], bytes)).toBeUndefined();
  });

  it.each([
    ['nonsense', 'a line of magic has an offset, a type and a test, not "nonsense"'],
    ['0 float 1 image/gif', 'a line of magic has'],
    ['0 byte many image/gif', 'a number is expected, not "many image/gif"'],
    ['(4.l) byte 1 image/gif', 'a line of magic has'],
  ])('%s is refused', (line, message) => {
    expect(() => parseMagicLine(line)).toThrow(message);
  });

  it('is read or refused with an Error, whatever it is', () => {
    const piece = fc.constantFrom('0', '>', ' ', 'byte', 'string', '&', '0x', '\\', '1', 'x', 'image/gif');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join('')),
        ),
        fc.uint8Array(),
        (line, bytes) => {
          let parsed;
          try {
            parsed = parseMagicLine(line);
          } catch (error) {
            return expect(error).toHaveProperty('message', expect.stringMatching(/expected|a line of magic/));
          }
          matchMagic([parsed], Buffer.from(bytes));
        },
      ),
    );
  });
});

describe('lines of higher levels', () => {
  const lines = ['0 string R', '>1 string A audio/a', '>1 string B', '>>2 string C video/c', '0 string R text/r'];

  it('count where the line before them fits', () => {
    expect(match(lines, 'RA')).toBe('audio/a');
    expect(match(lines, 'RBC')).toBe('video/c');
  });

  it('leave the file to the next group where none of them says anything', () => {
    expect(match(lines, 'RB')).toBe('text/r');
    expect(match(lines, 'xA')).toBeUndefined();
  });
});
