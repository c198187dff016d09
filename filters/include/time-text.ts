import { type DateFormat, compileStrftime } from '../../core/log/strftime.ts';

/** A time in a format of C's strftime; what is no item of it stands for itself, as in C. */
export function timeText(format: string, time: number, zone: 'local' | 'GMT'): string {
  const date = new Date(time);
  const [shown, zoneName] =
    zone === 'GMT' ? [new Date(time + date.getTimezoneOffset() * 60_000), 'GMT'] : [date, localZone(date)];
  return format.replace(/%[EO]?(.?)/gs, (item, letter: string) => {
    if (letter === 'Z') return zoneName;
    if (letter === 'z' && zone === 'GMT') return '+0000';
    return formatOf(letter)?.(shown) ?? item;
  });
}

const formats = new Map<string, DateFormat | undefined>();

function formatOf(letter: string): DateFormat | undefined {
  if (!formats.has(letter)) formats.set(letter, compileItem(letter));
  return formats.get(letter);
}

function compileItem(letter: string): DateFormat | undefined {
  try {
    return compileStrftime(`%${letter}`);
  } catch {
    return undefined;
  }
}

const zoneNames = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });

function localZone(date: Date): string {
  return zoneNames.formatToParts(date).find(({ type }) => type === 'timeZoneName')!.value;
}
