import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { requireProgram } from './real-parts.ts';

/** Paths of a certificate and its key. */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

export interface TestCertificates {
  /** PEM file of the authority that signed all but the self-signed one. */
  readonly ca: string;
  readonly caText: string;
  /** Good for localhost, 127.0.0.1 and ::1, for 90 days. */
  readonly valid: CertificatePair;
  /** Good for localhost until yesterday. */
  readonly expired: CertificatePair;
  readonly selfSigned: CertificatePair;
  /** Good for elsewhere.example only. */
  readonly wrongName: CertificatePair;
}

const ownNames = 'DNS:localhost,IP:127.0.0.1,IP:::1';
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority and certificates, made with openssl in a folder; skips the test, or fails it in CI, without openssl. */
export function makeCertificates(context: Context, folder: string): TestCertificates {
  const openssl = requireProgram(context, 'openssl');
  const run = (args: readonly string[]) => execFileSync(openssl, args, { cwd: folder, stdio: 'pipe' });
  const pairOf = (name: string): CertificatePair => ({
    certificate: join(folder, `${name}.pem`),
    key: join(folder, `${name}.key`),
  });
  const selfMade = (name: string, extension: readonly string[], days: number) =>
    run([
      ...['req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.pem`],
      ...['-subj', `/O=CityGauge tests/CN=${name}`, '-days', String(days), ...extension],
    ]);
  const signed = (name: string, names: string, validity: readonly string[]) => {
    run(['req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`]);
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
    run([
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'authority.pem', '-CAkey', 'authority.key'],
      ...['-CAcreateserial', '-extfile', `${name}.ext`, '-out', `${name}.pem`, ...validity],
    ]);
  };
  selfMade('authority', ['-addext', 'keyUsage=critical,keyCertSign'], 365);
  signed('valid', ownNames, ['-days', '90']);
  signed('expired', ownNames, ['-days', '-1']);
  signed('wrong-name', 'DNS:elsewhere.example', ['-days', '90']);
  selfMade('self-signed', ['-addext', `subjectAltName=${ownNames}`], 90);
  const ca = join(folder, 'authority.pem');
  return {
    ca,
    caText: readFileSync(ca, 'utf8'),
    valid: pairOf('valid'),
    expired: pairOf('expired'),
    selfSigned: pairOf('self-signed'),
    wrongName: pairOf('wrong-name'),
  };
}
