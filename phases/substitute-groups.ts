/**
 * `$0` to `$9` in `template` become the groups of a match, empty where a group took no part; a backslash takes the next
 * character as it is. The rule of Apache's substitutions.
 *
 * @example substituteGroups('$2-$1', /(a)(b)/.exec('ab')!); // 'b-a'
 */
export function substituteGroups(template: string, groups: readonly (string | undefined)[]): string {
  return template.replace(/\\(.)|\$(\d)/gs, (_match, literal: string | undefined, group: string) => {
    return literal ?? groups[Number(group)] ?? '';
  });
}
