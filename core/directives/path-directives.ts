import type { Context, DirectiveDeclarations } from '../config/directive.ts';

/** What becomes of `%2F` in a path. */
export type EncodedSlashes = 'On' | 'Off' | 'NoDecode';

declare module '../config/directive.ts' {
  interface Directives {
    /** Whether paths may have encoded slashes: `On` decodes them, `NoDecode` leaves them as they are. */
    allowEncodedSlashes: Directive<boolean | EncodedSlashes, EncodedSlashes>;
    /** Whether several slashes in a row are one. */
    mergeSlashes: Directive<boolean>;
  }
}

const servers: readonly Context[] = ['server config', 'virtual host'];

export const pathDirectives: DirectiveDeclarations = {
  AllowEncodedSlashes: {
    takes: 'one',
    usage: 'On | Off | NoDecode',
    words: ['On', 'Off', 'NoDecode'],
    help: 'Whether paths may have encoded slashes: Off answers 404, On decodes them, NoDecode leaves them as they are.',
    contexts: servers,
    default: 'Off',
  },
  MergeSlashes: {
    takes: 'flag',
    usage: 'On | Off',
    help: 'Whether several slashes in a row of a path are one.',
    contexts: servers,
    default: true,
  },
};
