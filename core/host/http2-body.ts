import type { ServerHttp2Stream } from 'node:http2';
import { BodyAborted } from '../body/body-aborted.ts';
import { type BodySource, toBodySource } from '../body/body-source.ts';
import { isThenable } from '../thenable.ts';

/** The body of a request on a stream. Node ends a stream that the client has reset as if its body were complete. */
export function http2Body(stream: ServerHttp2Stream): BodySource {
  const source = toBodySource(stream);
  const checked = (piece: Uint8Array | null): Uint8Array | null => {
    if (piece === null && stream.aborted) {
      throw new BodyAborted('the client reset the stream before the end of its request body');
    }
    return piece;
  };
  return {
    pull() {
      const piece = source.pull();
      return isThenable(piece) ? piece.then(checked) : checked(piece);
    },
  };
}
