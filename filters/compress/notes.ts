import type { RequestRecord } from '../../core/request-record.ts';
import type { Coding } from './codings.ts';

/** Leaves what DeflateFilterNote and its kin ask for in the request's notes. */
export function writeNotes(r: RequestRecord, coding: Coding, bytesIn: number, bytesOut: number): void {
  for (const { kind, note } of coding.notes(r.config)) {
    if (kind === 'input') r.notes.set(note, bytesIn);
    else if (kind === 'output') r.notes.set(note, bytesOut);
    else if (bytesIn > 0) r.notes.set(note, Math.floor((bytesOut * 100) / bytesIn));
  }
}
