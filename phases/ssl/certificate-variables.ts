import type { X509Certificate } from 'node:crypto';
import { readCertificateFacts } from './certificate-der.ts';

const DAY = 86_400_000;

/** What `SSL_CLIENT_…` and `SSL_SERVER_…` end in, beside the parts of names. */
const fields: ReadonlyMap<string, (certificate: X509Certificate) => string> = new Map<
  string,
  (certificate: X509Certificate) => string
>([
  ['M_VERSION', ({ raw }) => String(readCertificateFacts(raw).version)],
  ['M_SERIAL', ({ serialNumber }) => serialNumber],
  ['V_START', ({ validFrom }) => validFrom],
  ['V_END', ({ validTo }) => validTo],
  ['V_REMAIN', ({ validTo }) => String(Math.max(0, Math.floor((Date.parse(validTo) - Date.now()) / DAY)))],
  ['S_DN', ({ subject }) => distinguishedName(subject)],
  ['I_DN', ({ issuer }) => distinguishedName(issuer)],
  ['A_KEY', ({ publicKey }) => keyNames.get(publicKey.asymmetricKeyType) ?? ''],
  ['A_SIG', ({ raw }) => readCertificateFacts(raw).signature],
  ['CERT', (certificate) => certificate.toString()],
  [
    'CERT_RFC4523_CEA',
    ({ serialNumber, issuer }) =>
      `{ serialNumber ${BigInt(`0x${serialNumber}`)}, issuer rdnSequence:"${distinguishedName(issuer)}" }`,
  ],
]);

/** OpenSSL's names of the kinds of keys. */
const keyNames: ReadonlyMap<string | undefined, string> = new Map([
  ['rsa', 'rsaEncryption'],
  ['rsa-pss', 'rsassaPss'],
  ['ec', 'id-ecPublicKey'],
  ['ed25519', 'ED25519'],
  ['ed448', 'ED448'],
]);

/** Apache's names of the parts of a name, and those of OpenSSL. */
export const nameParts: ReadonlyMap<string, string> = new Map([
  ['C', 'C'],
  ['ST', 'ST'],
  ['L', 'L'],
  ['O', 'O'],
  ['OU', 'OU'],
  ['CN', 'CN'],
  ['T', 'title'],
  ['I', 'initials'],
  ['G', 'GN'],
  ['S', 'SN'],
  ['D', 'description'],
  ['UID', 'UID'],
  ['Email', 'emailAddress'],
]);

const partNames: ReadonlyMap<string, string> = new Map([...nameParts].map(([part, own]) => [part.toUpperCase(), own]));

/** Apache's names of the kinds of alternative names, and those of OpenSSL. */
export const alternativeNames: ReadonlyMap<string, string> = new Map([
  ['Email', 'email'],
  ['DNS', 'DNS'],
]);

/** Most parts of one kind that have a name in expressions. */
const MOST_PARTS = 5;

/** The fields that have a name in expressions. */
export const fieldNames: readonly string[] = [
  ...fields.keys(),
  ...['S_DN', 'I_DN'].flatMap((name) => [...partNames.keys()].flatMap((part) => numbered(`${name}_${part}`))),
  ...['EMAIL', 'DNS'].flatMap((kind) => numbered(`SAN_${kind}`)),
];

function numbered(name: string): string[] {
  return [name, ...Array.from({ length: MOST_PARTS }, (_, at) => `${name}_${at}`)];
}

/** A certificate's field by what follows `SSL_CLIENT_`, in upper case; undefined where it has no such thing. */
export function readCertificate(certificate: X509Certificate, name: string): string | undefined {
  const field = fields.get(name);
  if (field !== undefined) return field(certificate);
  const { whose, part, kind, at } = partName.exec(name)?.groups ?? {};
  const index = Number(at ?? 0);
  if (kind !== undefined) return namesOfKind(certificate, kind === 'DNS' ? 'DNS' : 'email')[index];
  if (part === undefined) return undefined;
  return valuesOf(whose === 'S' ? certificate.subject : certificate.issuer, partNames.get(part)!)[index];
}

const partName = new RegExp(
  `^(?:(?<whose>[SI])_DN_(?<part>${[...partNames.keys()].join('|')})|SAN_(?<kind>EMAIL|DNS))(?:_(?<at>\\d{1,3}))?$`,
);

/** Node gives one line for each part, the least specific first; RFC 4514 wants them the other way round. */
function distinguishedName(lines: string): string {
  return lines.split('\n').toReversed().join(',');
}

/** The values of a part of a name, without the backslashes of RFC 4514. */
export function valuesOf(lines: string, part: string): string[] {
  return lines
    .split('\n')
    .filter((line) => line.startsWith(`${part}=`))
    .map((line) => line.slice(part.length + 1).replace(/\\(.)/g, '$1'));
}

/** The alternative names of a kind. Node quotes those that could be taken for several. */
export function namesOfKind({ subjectAltName = '' }: X509Certificate, kind: string): string[] {
  return [...subjectAltName.matchAll(/(?:^|, )([\w ]+):("(?:[^"\\]|\\.)*"|[^,]*)/g)]
    .filter(([, found]) => found === kind)
    .map(([, , value = '']) => (value.startsWith('"') ? String(JSON.parse(value)) : value));
}
