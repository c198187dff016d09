import { describe, expect, it } from '@jest/globals';
import { sectionKinds } from '../../../core/config/section-kinds.ts';
import { startTimeDirectives } from '../../../core/config/start-time-directives.ts';
import { startTimeSections } from '../../../core/config/start-time-sections.ts';
import { sectionReference, startTimeReference } from '../../../core/config/syntax-reference.ts';

const sorted = (names: Iterable<string>): string[] => [...names].map((name) => name.toLowerCase()).sort();

describe('the reference of what no plugin declares', () => {
  it('has every section, and no other', () => {
    expect(sorted(sectionReference.map(({ name }) => name))).toEqual(sorted(sectionKinds.map(({ name }) => name)));
  });

  it('has everything that acts while a config is read, and nothing else', () => {
    const known = ['Macro', ...startTimeDirectives.keys(), ...startTimeSections.keys()];
    expect(sorted(startTimeReference.map(({ name }) => name))).toEqual(sorted(known));
  });

  it('states the usage of start-time lines as their own messages do', () => {
    for (const { name, usage } of startTimeDirectives.values()) {
      expect(startTimeReference.find((reference) => reference.name === name)?.usage).toBe(`${name} ${usage}`);
    }
  });
});
