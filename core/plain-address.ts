/** An IPv4 client of a dual-stack socket is shown by its IPv4 address, as in Apache. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
