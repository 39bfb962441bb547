import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** Suricata's own HOME_NET as it is delivered, and the private range of IPv6. */
export const usualHomeNetworks: readonly string[] = [
  '192.168.0.0/16',
  '10.0.0.0/8',
  '172.16.0.0/12',
  'fc00::/7',
];

/** Why the text is no network, or null: `10.0.0.0/8`, `fd00::/8`, or one address. */
function networkFault(text: string): string | null {
  return ipaddr.isValidCIDR(text) || isFullAddress(text)
    ? null
    : `"${text}" is no network: write 10.0.0.0/8, fd00::/8 or an address`;
}

/** The parser takes `10.1` for an address as the C library does; no log writes one so. */
function isFullAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** The setting of collectors that read alarms. */
export const homeNetworks = z
  .array(
    z.string().superRefine((text, context) => {
      const message = networkFault(text);
      if (message) context.addIssue({ code: 'custom', message });
    }),
  )
  .min(1)
  .max(1000);

/** Addresses that are our own. */
export class HomeNetworks {
  readonly #ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

  /** Texts without fault. */
  constructor(networks: readonly string[]) {
    this.#ranges = networks.map((text) => {
      if (text.includes('/')) return ipaddr.parseCIDR(text);
      const address = ipaddr.process(text);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    });
  }

  /** False for what is no address. */
  has(text: string): boolean {
    if (!isFullAddress(text)) return false;
    const address = ipaddr.process(text);
    return this.#ranges.some(
      ([network, bits]) => network.kind() === address.kind() && address.match([network, bits]),
    );
  }
}
