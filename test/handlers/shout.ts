/** An output filter that shows that a body has passed it. */
export const shout = {
  outputFilter: [
    'SHOUT',
    {
      data: (chunk: Uint8Array, f: { passOn(text: string): void | Promise<void> }) =>
        f.passOn(Buffer.from(chunk).toString().toUpperCase()),
    },
  ],
  setOutputFilter: 'SHOUT',
} as const;
