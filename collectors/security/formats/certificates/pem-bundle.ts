import { X509Certificate } from 'node:crypto';
import { EntryFault, reportFault } from '../../reading/report-fault.ts';

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/** Whether a text begins as a bundle does; a key may stand before the first certificate. */
export function looksLikePem(text: string): boolean {
  return text.includes(begin);
}

export interface PemBlock {
  readonly pem: string;
  /** `certificate 3`. */
  readonly place: string;
}

/** The certificates of a bundle; whatever else stands in it (keys above all) is not looked at. InputError when the last has no end. */
export function* pemBlocks(text: string, fileName: string): Generator<PemBlock> {
  let from = text.indexOf(begin);
  for (let number = 1; from >= 0; number += 1) {
    const place = `certificate ${number}`;
    const to = text.indexOf(end, from);
    const next = text.indexOf(begin, from + begin.length);
    if (to < 0 || (next >= 0 && next < to)) {
      throw reportFault(fileName, place, {
        zh: `缺少“${end}”，文件不完整：请重新导出`,
        en: `has no "${end}": the file is truncated, export it again`,
      });
    }
    yield { pem: text.slice(from, to + end.length), place };
    from = next;
  }
}

const hostName = /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** A name that is not a person's: a host's, or an authority's; of any other certificate its fingerprint. */
function nameOf(certificate: X509Certificate): string {
  const alternatives = (certificate.subjectAltName ?? '').split(', ');
  for (const kind of ['DNS:', 'IP Address:']) {
    const found = alternatives.find((each) => each.startsWith(kind))?.slice(kind.length);
    if (found) return found;
  }
  const common = /^CN=(.+)$/m.exec(certificate.subject ?? '')?.[1] ?? '';
  if (hostName.test(common) || (certificate.ca && common !== '')) return common;
  return `sha256:${certificate.fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase()}`;
}

/** EntryFault for what is no certificate. */
export function readPem({ pem, place }: PemBlock): { readonly name: string; readonly notAfter: string } {
  try {
    const certificate = new X509Certificate(pem);
    return { name: nameOf(certificate), notAfter: new Date(certificate.validTo).toISOString() };
  } catch {
    throw new EntryFault(place, { zh: '不是有效的 X.509 证书', en: 'is no valid X.509 certificate' });
  }
}
