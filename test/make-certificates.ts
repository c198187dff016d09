import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes keys and certificates in a folder, with names in it as files: `a.test` is `a.test.crt` and `a.test.key`. */
export class Certificates {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The directives of a server that has the certificate. */
  asServer(name: string): { sslCertificateFile: string; sslCertificateKeyFile: string } {
    return { sslCertificateFile: this.path(`${name}.crt`), sslCertificateKeyFile: this.path(`${name}.key`) };
  }

  /** What Node's TLS is told of a client that has the certificate. */
  asClient(name: string): { cert: string; key: string } {
    const read = (file: string): string => readFileSync(this.path(file), 'latin1');
    return { cert: read(`${name}.crt`), key: read(`${name}.key`) };
  }

  /** A certificate that signs itself, for `name` and `www.name`. */
  selfSigned(name: string, subject = `/CN=${name}`, ...more: readonly string[]): this {
    return this.#run([
      ...['req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-days', '30'],
      ...['-subj', subject, '-addext', `subjectAltName=DNS:${name},DNS:www.${name}`, ...more],
    ]);
  }

  /** A certificate that `authority`, made before, has signed. */
  signed(
    name: string,
    authority: string,
    subject = `/CN=${name}`,
    extensions = 'basicConstraints=CA:FALSE',
    days = '30',
  ): this {
    this.#run(['req', '-utf8', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject]);
    writeFileSync(this.path(`${name}.ext`), extensions);
    return this.#run([
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', `${authority}.crt`, '-CAkey', `${authority}.key`],
      ...['-CAcreateserial', '-days', days, '-extfile', `${name}.ext`, '-out', `${name}.crt`],
    ]);
  }

  /** A list in which `authority` calls certificates back, as `name`.crl. */
  revoked(name: string, authority: string, ...certificates: readonly string[]): this {
    const config = `[ca]\ndefault_ca = own\n[own]\ndatabase = ${name}.index\ndefault_md = sha256\ndefault_crl_days = 30\n`;
    writeFileSync(this.path(`${name}.conf`), config);
    const common = ['-config', `${name}.conf`, '-keyfile', `${authority}.key`, '-cert', `${authority}.crt`];
    writeFileSync(this.path(`${name}.index`), '');
    for (const certificate of certificates) this.#run(['ca', ...common, '-revoke', `${certificate}.crt`]);
    return this.#run(['ca', ...common, '-gencrl', '-out', `${name}.crl`]);
  }

  #run(args: readonly string[]): this {
    execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    return this;
  }
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
