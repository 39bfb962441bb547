import { z } from 'zod';
import { duration } from '../../runner/settings/duration.ts';

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** A name or an address; never what a program could take for an option. */
const hostForm = /^(?!-)[\p{L}\p{N}_.:%-]{1,253}$/u;

/** Fields that every target may have beside its address. */
export const targetFields = {
  name: z.string().min(1).optional().describe('Label "target"; the address when absent.'),
  labels: z
    .record(z.string().regex(labelName, 'is no label name'), z.string())
    .default({})
    .describe('Added to every reading of this target.'),
};

type TargetSetting =
  | string
  | { readonly name?: string | undefined; readonly labels: Readonly<Record<string, string>> };

/** A check of a list of targets: two of one name and labels would yield the same series twice. */
export function distinctTargets<T extends TargetSetting>(addressOf: (target: Exclude<T, string>) => string) {
  return (targets: readonly T[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, target] of targets.entries()) {
      const name =
        typeof target === 'string' ? target : (target.name ?? addressOf(target as Exclude<T, string>));
      const key = JSON.stringify([name, typeof target === 'string' ? {} : target.labels]);
      const message = `"${name}" stands twice: give one of them another name or label`;
      if (seen.has(key)) context.addIssue({ code: 'custom', path: [index], message });
      seen.add(key);
    }
  };
}

export const ipVersions = ['any', '4', '6', 'both'] as const;

export const ipVersion = z
  .enum(ipVersions)
  .default('any')
  .describe('IP version: any takes what answers first; both probes each target over 4 and over 6.');

/** How patiently targets are probed; in every probe's settings. */
export const patience = {
  timeout: duration.default(5).describe('Of one attempt, from the look-up to the last byte; 5s when absent.'),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(1)
    .describe('Attempts after the first that failed, before a target counts as down.'),
  retryPause: duration.default(0.5).describe('Between two attempts; 500ms when absent.'),
};

export const concurrencyUpTo = (most: number, usual: number) =>
  z.int().min(1).max(most).default(usual).describe('Targets probed at the same time, at most.');

export const host = z
  .string()
  .regex(hostForm, 'is neither a host name nor an address')
  .describe('Host name or address.');

interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, `[::1]:port`, or `host` where a port is usual; null for anything else. */
function hostPortOf(text: string, usualPort?: number): HostPort | null {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text);
  const name = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? usualPort : Number(match[3]);
  if (name === undefined || !hostForm.test(name) || !port || port > 65_535) return null;
  return { host: name, port };
}

export const hostPort = (usualPort?: number) =>
  z
    .string()
    .refine(
      (text) => hostPortOf(text, usualPort) !== null,
      'is no host and port: write for example db.example:5432 or [::1]:5432',
    );

/** How one target is named and labelled, and over which version of IP it is probed. */
export interface ProbeTarget {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly family: 4 | 6 | null;
}

/** The IP version of a literal address; null for a name. */
function literalVersion(host: string): 4 | 6 | null {
  if (host.includes(':')) return 6;
  return /^[\d.]+$/.test(host) ? 4 : null;
}

/** A target once for `any`, `4` and `6`; for `both` over each version that its host can have, told apart by a label. */
export function overVersions<T extends Omit<ProbeTarget, 'family'> & { readonly host: string }>(
  target: T,
  version: (typeof ipVersions)[number],
): readonly (T & ProbeTarget)[] {
  if (version === 'any') return [{ ...target, family: null }];
  if (version !== 'both') return [{ ...target, family: version === '4' ? 4 : 6 }];
  const literal = literalVersion(target.host);
  return (literal ? [literal] : ([4, 6] as const)).map((family) => ({
    ...target,
    family,
    labels: { ...target.labels, ip_version: String(family) },
  }));
}

export type HostPortTarget = HostPort & ProbeTarget;

type HostPortSetting =
  | string
  | {
      readonly address: string;
      readonly name?: string | undefined;
      readonly labels: Readonly<Record<string, string>>;
    };

/** The targets of settings whose addresses `hostPort` has checked, over each version of IP that is asked for. */
export function hostPortTargets(
  targets: readonly HostPortSetting[],
  version: (typeof ipVersions)[number],
  usualPort?: number,
): readonly HostPortTarget[] {
  return targets.flatMap((each) => {
    const target = typeof each === 'string' ? { address: each, labels: {} } : each;
    const { address, name = address, labels } = target;
    const place = hostPortOf(address, usualPort);
    return place ? overVersions({ ...place, name, labels }, version) : [];
  });
}
