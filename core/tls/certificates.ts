import { type KeyObject, X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '../config/config-error.ts';
import type { Config } from '../config/directive.ts';
import type { NamedFile } from '../directives/tls-directives.ts';
import { codeOf, messageOf } from '../thrown.ts';

/** A certificate with its key, as the TLS library takes them. */
export interface KeyPair {
  /** The server's own certificate, then those in between. */
  readonly chain: string;
  readonly key: string;
  readonly certificate: X509Certificate;
  readonly file: NamedFile;
}

/**
 * Reads the certificates of a server and their keys. Throws a ConfigError at the line whose file is missing, can't be read,
 * isn't what it should be, or doesn't fit the others.
 */
export function readKeyPairs(config: Config): readonly KeyPair[] {
  const { sslCertificateFile: files, sslCertificateKeyFile: keyFiles, sslCertificateChainFile } = config;
  const extra = keyFiles[files.length];
  if (extra !== undefined) {
    throw new ConfigError(extra.at, `there is no SSLCertificateFile for this key; ${files.length} of them stand here`);
  }
  const chain = sslCertificateChainFile === undefined ? '' : `\n${readCertificates(sslCertificateChainFile).text}`;
  const kinds = new Map<string | undefined, NamedFile>();
  return files.map((file, index) => {
    const { text, certificates } = readCertificates(file);
    const keyFile = keyFiles[index] ?? file;
    const { key, pem } = readKey(keyFile, file);
    const [certificate] = certificates;
    if (!certificate!.checkPrivateKey(key)) {
      throw new ConfigError(
        keyFile.at,
        `the key in ${keyFile.path} isn't the one of the certificate in ${file.path}; put files together that were made together`,
      );
    }
    const sameKind = kinds.get(key.asymmetricKeyType);
    if (sameKind !== undefined) {
      throw new ConfigError(
        file.at,
        `a server can have one certificate of each kind of key, and ${sameKind.path} is of the same; give each name a VirtualHost of its own`,
      );
    }
    kinds.set(key.asymmetricKeyType, file);
    return { chain: text + chain, key: pem, certificate: certificate!, file };
  });
}

/** Reads a file of certificates in PEM, at least one. */
export function readCertificates(file: NamedFile): { text: string; certificates: readonly X509Certificate[] } {
  const text = readPem(file);
  const blocks = text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END [^-]+-----/g) ?? [];
  if (blocks.length === 0) {
    throw new ConfigError(
      file.at,
      `expected certificates in PEM in ${file.path} (-----BEGIN CERTIFICATE-----), found none`,
    );
  }
  try {
    return { text, certificates: blocks.map((block) => new X509Certificate(block)) };
  } catch (error) {
    throw new ConfigError(file.at, `${file.path} has a broken certificate: ${messageOf(error)}`, { cause: error });
  }
}

/** The text of a file that a line names. Throws a ConfigError where it can't be read. */
export function readPem({ path, at }: NamedFile): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const reason = codeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw new ConfigError(at, `can't read ${path}: ${reason}`, { cause: error });
  }
}

function readKey(file: NamedFile, certificateFile: NamedFile): { key: KeyObject; pem: string } {
  const pem = readPem(file);
  if (!/-----BEGIN (?:\w+ )*PRIVATE KEY-----/.test(pem)) {
    const hint = file === certificateFile ? '; name its file by SSLCertificateKeyFile' : '';
    throw new ConfigError(file.at, `expected a private key in PEM in ${file.path}, found none${hint}`);
  }
  try {
    return { key: createPrivateKey(pem), pem };
  } catch (error) {
    const isEncrypted = /ENCRYPTED/.test(pem);
    throw new ConfigError(
      file.at,
      isEncrypted
        ? `the key in ${file.path} is encrypted, and nobody is there to say its pass phrase when a server starts; write one without: openssl pkey -in ${file.path} -out NEW`
        : `the key in ${file.path} can't be used: ${messageOf(error)}`,
      { cause: error },
    );
  }
}
