import type { MethodSet } from '../../core/config/directive.ts';
import { type Requirement, requireAll, requireAny } from './authorization.ts';

/** How a section's requirements go with those of the sections around it. */
export type Merging = 'Off' | 'And' | 'Or';

/** What the Require lines and AuthMerging of a section, or of all sections merged, come to. */
export interface AuthorizationValue {
  readonly requirements: readonly Requirement[];
  /** Of this section only. */
  readonly merging: Merging | undefined;
}

/** A further line of the same section. */
export function combineAuthorization(
  earlier: AuthorizationValue | undefined,
  later: AuthorizationValue | undefined,
): AuthorizationValue {
  return {
    requirements: [...(earlier?.requirements ?? []), ...(later?.requirements ?? [])],
    merging: later?.merging ?? earlier?.merging,
  };
}

/** An inner section replaces what is required around it, unless AuthMerging says otherwise. */
export function mergeAuthorization(
  outer: AuthorizationValue | undefined,
  inner: AuthorizationValue | undefined,
): AuthorizationValue | undefined {
  if (outer === undefined || inner === undefined) return inner ?? outer;
  if (inner.merging !== 'And' && inner.merging !== 'Or') return inner;
  const both = [treeOf(outer), treeOf(inner)].filter((tree) => tree !== undefined);
  const make = inner.merging === 'And' ? requireAll : requireAny;
  return { requirements: both.length < 2 ? both : [make(both)], merging: inner.merging };
}

/** Requirements inside Limit are about some methods only. */
export function narrowAuthorization(
  value: AuthorizationValue | undefined,
  methods: MethodSet,
): AuthorizationValue | undefined {
  return value && { ...value, requirements: value.requirements.map((requirement) => ({ ...requirement, methods })) };
}

const trees = new WeakMap<AuthorizationValue, Requirement>();

/** The lines as one tree: without a block around them one grant is enough. Undefined where nothing is required. */
export function treeOf(value: AuthorizationValue): Requirement | undefined {
  const { requirements } = value;
  if (requirements.length <= 1) return requirements[0];
  let tree = trees.get(value);
  if (tree === undefined) {
    tree = requireAny(requirements);
    trees.set(value, tree);
  }
  return tree;
}
