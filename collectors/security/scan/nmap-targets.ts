import type { z } from 'zod';

/** Of all targets together: more is a survey of a network, not a check of listed hosts. */
const mostHosts = 256;

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const address4 = new RegExp(`^(?:${octet}\\.){3}${octet}$`);
const range4 = new RegExp(`^(?:${octet}(?:-${octet})?\\.){3}${octet}(?:-${octet})?$`);
const network4 = new RegExp(`^((?:${octet}\\.){3}${octet})/(\\d|[12]\\d|3[0-2])$`);
const name =
  /^(?!-)(?=.{1,253}$)(?=.*[a-z])[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*\.?$/i;
const targetLetters = /^(?!-)[\w.:*,/-]+$/;
/** What Nmap would take for several hosts, whatever it is. */
const several = /[/*,]|^[\d.-]*-[\d.-]*$/;

/** An address of IPv6 in any of its forms, without a zone. */
export function isAddress6(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}

function hostsOfRange(text: string): number {
  return text
    .split('.')
    .map((part) => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return to - from + 1;
    })
    .reduce((product, count) => product * Math.max(0, count), 1);
}

/** How many hosts a target means: 1 for an address or a name, more for a range; null for what is neither. */
export function hostsOf(target: string): number | null {
  if (address4.test(target) || isAddress6(target)) return 1;
  if (range4.test(target)) return hostsOfRange(target) || null;
  const bits = network4.exec(target)?.[2];
  if (bits !== undefined) return 2 ** (32 - Number(bits));
  return name.test(target) ? 1 : null;
}

const listed =
  'list the hosts one by one, or set allowRanges: true and write it as 192.0.2.0/28 or 192.0.2.1-20';

/** Refuses ranges unless they are allowed, and what is no target at all; nothing else ever reaches Nmap. */
export function checkTargets(
  { targets, allowRanges }: { readonly targets: readonly string[]; readonly allowRanges: boolean },
  context: z.RefinementCtx,
): void {
  const refuse = (index: number, message: string) =>
    context.addIssue({ code: 'custom', path: ['targets', index], message });
  let hosts = 0;
  for (const [index, target] of targets.entries()) {
    const count = hostsOf(target);
    const isRange = targetLetters.test(target) && several.test(target);
    if (isRange && (count === null || !allowRanges)) refuse(index, `stands for several hosts: ${listed}`);
    else if (count === null) refuse(index, 'is neither a host name nor an address');
    else hosts += count;
  }
  if (hosts <= mostHosts) return;
  const message = `"targets" stand for ${hosts} hosts, more than the ${mostHosts} that one job may scan: make several jobs`;
  context.addIssue({ code: 'custom', path: ['targets'], message });
}
