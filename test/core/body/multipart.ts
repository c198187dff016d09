/** One part of a form: its disposition parameters as they stand in the header, further header lines, its bytes. */
export interface Part {
  readonly disposition: string;
  readonly headers?: readonly string[];
  readonly body: string | Uint8Array;
}

export const boundary = 'edge';
export const multipartType = `multipart/form-data; boundary=${boundary}`;

/** The bytes of a whole form. */
export function multipart(...parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap(({ disposition, headers = [], body }) => [
    Buffer.from([`--${boundary}`, `Content-Disposition: form-data; ${disposition}`, ...headers, '', ''].join('\r\n')),
    Buffer.from(body as Uint8Array),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/** A text field. */
export function field(name: string, text: string): Part {
  return { disposition: `name="${name}"`, body: text };
}

/** A file of the type application/octet-stream. */
export function file(name: string, filename: string, body: string | Uint8Array): Part {
  const headers = ['Content-Type: application/octet-stream'];
  return { disposition: `name="${name}"; filename="${filename}"`, headers, body };
}
