import { type Evaluated } from '../../core/expression/evaluated.ts';
import type { RequestRecord } from '../../core/request-record.ts';

/** A table that rules look keys up in. */
export interface RewriteMap {
  /** The value; undefined where the map has none. */
  look(key: string, r: RequestRecord): Evaluated<string | undefined>;
  /** Called before serving, where the rules are in use. */
  start?(): void;
  stop?(): void;
}
