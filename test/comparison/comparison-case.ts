/** One config and document tree, and the requests that Apache and Sluice must answer alike. */
export interface ComparisonCase {
  /** A sentence that says what is seen. */
  readonly name: string;
  /** The plugin whose feature it is; the figures are counted by it. */
  readonly plugin: string;
  /** Apache's modules beyond the usual ones, without `mod_` and `.so`. */
  readonly modules?: readonly string[];
  /**
   * Apache syntax. `@ROOT@` stands for the folder of the case and `@PORT@` for the server's port. `@ROOT@/htdocs` is the
   * DocumentRoot, where everybody may read, unless the config says otherwise.
   */
  readonly config: string;
  /** Files below the folder of the case; those of the DocumentRoot begin with `htdocs/`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What differs from run to run, as a nonce does: every match in a header or body is taken for the same. */
  readonly random?: readonly RegExp[];
  /** Both servers must refuse the config at start, which is one pair; there are no requests then. */
  readonly refused?: true;
  /** Each is one pair of answers. */
  readonly requests: readonly (string | ComparisonRequest)[];
}

export interface ComparisonRequest {
  /** Method and target: `GET /a.txt`; HTTP/1.1 unless a version follows. Sent as it is, nonsense included. */
  readonly request: string;
  /** `Host: localhost` is added where none is given; an empty list sends none. Those of the framing are added for a body. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** The first cell of the row in docs/differences.md that says why Sluice answers differently. */
  readonly differs?: string;
}
