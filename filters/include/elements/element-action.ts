import type { Attribute } from '../element-reader.ts';
import type { Page } from '../page.ts';

/** What an element does. */
export type ElementAction = (page: Page, attributes: readonly Attribute[]) => void | Promise<void>;

/** An attribute with a value. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** The attributes up to the first one without a value, where Apache stops. */
export function settingsOf(attributes: readonly Attribute[]): readonly Setting[] {
  const end = attributes.findIndex(({ value }) => value === undefined);
  return (end < 0 ? attributes : attributes.slice(0, end)) as readonly Setting[];
}
