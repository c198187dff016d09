import { describe, expect, it } from '@jest/globals';
import { compileStrftime } from '../../../core/log/strftime.ts';

const format =
  '%a|%A|%b|%B|%c|%C|%d|%D|%e|%F|%g|%G|%h|%H|%I|%j|%m|%M|%p|%R|%S|%T|%u|%U|%V|%w|%W|%x|%X|%y|%Y|%r|%n|%t|%%';

describe('compileStrftime', () => {
  // What date(1) of GNU coreutils prints in the C locale.
  it.each([
    [
      new Date(2026, 10, 1, 9, 5, 7),
      'Sun|Sunday|Nov|November|Sun Nov  1 09:05:07 2026|20|01|11/01/26| 1|2026-11-01|26|2026|Nov|09|09|305|11|05|AM|09:05|07|09:05:07|7|44|44|0|43|11/01/26|09:05:07|26|2026|09:05:07 AM|\n|\t|%',
    ],
    [
      new Date(2025, 11, 29),
      'Mon|Monday|Dec|December|Mon Dec 29 00:00:00 2025|20|29|12/29/25|29|2025-12-29|26|2026|Dec|00|12|363|12|00|AM|00:00|00|00:00:00|1|52|01|1|52|12/29/25|00:00:00|25|2025|12:00:00 AM|\n|\t|%',
    ],
    [
      new Date(2024, 11, 31, 23, 59, 59),
      'Tue|Tuesday|Dec|December|Tue Dec 31 23:59:59 2024|20|31|12/31/24|31|2024-12-31|25|2025|Dec|23|11|366|12|59|PM|23:59|59|23:59:59|2|52|01|2|53|12/31/24|23:59:59|24|2024|11:59:59 PM|\n|\t|%',
    ],
    [
      new Date(2021, 0, 3, 12),
      'Sun|Sunday|Jan|January|Sun Jan  3 12:00:00 2021|20|03|01/03/21| 3|2021-01-03|20|2020|Jan|12|12|003|01|00|PM|12:00|00|12:00:00|7|01|53|0|00|01/03/21|12:00:00|21|2021|12:00:00 PM|\n|\t|%',
    ],
    [
      new Date(2000, 1, 29, 13, 1, 2),
      'Tue|Tuesday|Feb|February|Tue Feb 29 13:01:02 2000|20|29|02/29/00|29|2000-02-29|00|2000|Feb|13|01|060|02|01|PM|13:01|02|13:01:02|2|09|09|2|09|02/29/00|13:01:02|00|2000|01:01:02 PM|\n|\t|%',
    ],
  ])('gives for %s what C gives', (date, expected) => {
    expect(compileStrftime(format)(date)).toBe(expected);
  });

  it.each([
    [0, '+0000'],
    [-330, '+0530'],
    [570, '-0930'],
  ])('writes an offset of %i minutes as %s', (offset, expected) => {
    const date = Object.assign(new Date(), { getTimezoneOffset: () => offset });
    expect(compileStrftime('%z')(date)).toBe(expected);
  });

  it('counts seconds since 1970, and leaves text alone', () => {
    expect(compileStrftime('at %s, ü')(new Date(1_700_000_000_999))).toBe('at 1700000000, ü');
    expect(compileStrftime('')(new Date())).toBe('');
  });

  it.each(['%Z', '%Q', 'x%', '%-d'])('refuses %s and names what there is', (bad) => {
    expect(() => compileStrftime(bad)).toThrow(/^there is no time item %.?; known are %a .* %%$/);
  });
});
