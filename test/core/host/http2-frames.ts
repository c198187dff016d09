import { RawClient } from './raw-client.ts';

/** Types of frames, RFC 9113 §6. */
export const frameTypes = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7, continuation: 9 } as const;

export const endStream = 1;
export const endHeaders = 4;

/** One frame as it is on the wire. */
export function frame(
  type: keyof typeof frameTypes,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(frameTypes[type], 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Fields as literals without indexing; RFC 7541 §6.2.2. Names and values have at most 126 bytes. */
export function fields(list: readonly (readonly [name: string, value: string])[]): Buffer {
  const literal = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
  return Buffer.concat(list.flatMap(([name, value]) => [Buffer.from([0]), literal(name), literal(value)]));
}

export function requestFields(method: string, ...more: readonly (readonly [string, string])[]): Buffer {
  return fields([[':method', method], [':scheme', 'http'], [':path', '/'], [':authority', 'a'], ...more]);
}

export function errorCode(code: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code);
  return payload;
}

/** A frame that has come in. */
export interface ReceivedFrame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** A connection whose client writes frames by hand. */
export class FrameClient extends RawClient {
  constructor(port: number) {
    super(port);
    this.send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n').sendFrames(frame('settings', 0, 0));
  }

  sendFrames(...frames: readonly Buffer[]): this {
    this.socket.write(Buffer.concat(frames));
    return this;
  }

  get frames(): ReceivedFrame[] {
    const bytes = Buffer.from(this.received, 'latin1');
    const frames: ReceivedFrame[] = [];
    for (let at = 0; at + 9 <= bytes.length;) {
      const end = at + 9 + bytes.readUIntBE(at, 3);
      if (end > bytes.length) break;
      const stream = bytes.readUInt32BE(at + 5);
      frames.push({ type: bytes[at + 3]!, flags: bytes[at + 4]!, stream, payload: bytes.subarray(at + 9, end) });
      at = end;
    }
    return frames;
  }

  /** The error codes of all frames of a type that ends something. */
  codesOf(type: 'reset' | 'goaway'): number[] {
    const place = type === 'reset' ? 0 : 4;
    return this.frames.filter((one) => one.type === frameTypes[type]).map(({ payload }) => payload.readUInt32BE(place));
  }

  /** The first frame of a type, when as many have come as said. */
  async untilFrame(type: keyof typeof frameTypes, times = 1): Promise<ReceivedFrame> {
    for (;;) {
      const found = this.frames.filter((one) => one.type === frameTypes[type]);
      if (found.length >= times) return found[0]!;
      if (this.socket.closed) throw new Error(`closed behind ${found.length} frames of type ${type}`);
      await new Promise((resolve) => this.socket.once('data', resolve).once('close', resolve));
    }
  }
}
