/** What Node doesn't tell of a certificate. */
export interface CertificateFacts {
  /** 3 for all but very old ones. */
  readonly version: number;
  /** How it is signed, as OpenSSL names it; the OID's bytes in hexadecimal digits for one that isn't known here. */
  readonly signature: string;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;

/** OpenSSL's long names, by the DER of the OID. */
const signatures: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d010105', 'sha1WithRSAEncryption'],
  ['2a864886f70d01010a', 'rsassaPss'],
  ['2a864886f70d01010b', 'sha256WithRSAEncryption'],
  ['2a864886f70d01010c', 'sha384WithRSAEncryption'],
  ['2a864886f70d01010d', 'sha512WithRSAEncryption'],
  ['2a8648ce3d040302', 'ecdsa-with-SHA256'],
  ['2a8648ce3d040303', 'ecdsa-with-SHA384'],
  ['2a8648ce3d040304', 'ecdsa-with-SHA512'],
  ['2b6570', 'ED25519'],
  ['2b6571', 'ED448'],
]);

/** Reads the first fields of a certificate (RFC 5280 §4.1), which has been checked to be one. */
export function readCertificateFacts(der: Buffer): CertificateFacts {
  const toBeSigned = content(content(der));
  const hasVersion = toBeSigned[0] === VERSION;
  const version = hasVersion ? content(content(toBeSigned))[0]! + 1 : 1;
  // Behind the version stand the serial number and the algorithm.
  let rest = hasVersion ? behind(toBeSigned) : toBeSigned;
  while (rest[0] !== SEQUENCE) rest = behind(rest);
  const oid = content(content(rest)).toString('hex');
  return { version, signature: signatures.get(oid) ?? oid };
}

/** The content of the first element. */
function content(der: Buffer): Buffer {
  const { start, end } = measure(der);
  return der.subarray(start, end);
}

/** What stands behind the first element. */
function behind(der: Buffer): Buffer {
  return der.subarray(measure(der).end);
}

function measure(der: Buffer): { start: number; end: number } {
  const first = der[1]!;
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  const start = 2 + bytes;
  return { start, end: start + (bytes === 0 ? first : der.readUIntBE(2, bytes)) };
}
