import { z } from 'zod';
import type { Collector, CollectorRun, Text } from '../contract.ts';
import { probeMetrics } from './probe/probe-metrics.ts';
import {
  concurrencyUpTo,
  distinctTargets,
  host,
  type ProbeTarget,
  patience,
  targetFields,
} from './probe/probe-settings.ts';
import { type Look, runProbes } from './probe/run-probes.ts';

const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT'] as const;

const question = z.strictObject({
  query: host.describe('Name asked for.'),
  type: z.enum(recordTypes).default('A').describe('Type of record.'),
  server: z
    .string()
    .regex(/^(?:[\d.]+|[\da-f:.]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i, 'is no address of a name server')
    .optional()
    .describe('Address of the name server, with its port where it is not 53; the system’s own when absent.'),
  answers: z
    .array(z.string().min(1))
    .default([])
    .describe('Answers that must be among those given, as text: "10 mail.example" for MX.'),
  isExact: z.boolean().default(false).describe('True allows no other answers.'),
  ...targetFields,
});

/** Name of a target that has none: the question and whom it is put to. */
function nameOf({
  query,
  type,
  server,
}: Pick<z.output<typeof question>, 'query' | 'type' | 'server'>): string {
  return `${query} ${type}${server === undefined ? '' : ` @${server}`}`;
}

const settings = z.strictObject({
  targets: z
    .array(z.union([host, question]))
    .min(1)
    .max(10_000)
    .superRefine(distinctTargets<string | z.output<typeof question>>(nameOf))
    .describe('Names asked for.'),
  concurrency: concurrencyUpTo(500, 50),
  ...patience,
});

type Settings = z.output<typeof settings>;
type DnsTarget = ProbeTarget & Omit<z.output<typeof question>, 'name'>;

function targetsOf({ targets }: Settings): readonly DnsTarget[] {
  return targets.map((each) => {
    const asked = typeof each === 'string' ? question.parse({ query: each }) : each;
    return { ...asked, name: asked.name ?? nameOf(asked), family: null };
  });
}

const canonical = (answer: string) => answer.toLowerCase().replace(/\.$/, '');

function answersFault(found: readonly string[], { answers, isExact }: DnsTarget): Text | null {
  const given = new Set(found.map(canonical));
  const expected = new Set(answers.map(canonical));
  const missing = answers.filter((each) => !given.has(canonical(each)));
  const shown = found.join(', ');
  if (missing.length > 0) {
    const lacks = missing.join(', ');
    return { zh: `应答为 ${shown}，缺少 ${lacks}`, en: `the answer is ${shown} and lacks ${lacks}` };
  }
  const strange = isExact ? found.filter((each) => !expected.has(canonical(each))) : [];
  if (strange.length === 0) return null;
  const more = strange.join(', ');
  return { zh: `应答中多出 ${more}`, en: `the answer also holds ${more}` };
}

async function collect(run: CollectorRun<Settings>) {
  const { settings, ports } = run;
  const look = async (target: DnsTarget, signal: AbortSignal): Promise<Look> => {
    const { answers, phases } = await ports.network.resolve({
      name: target.query,
      type: target.type,
      ...(target.server === undefined ? {} : { server: target.server }),
      timeoutMilliseconds: settings.timeout * 1000,
      signal,
    });
    const fault = answersFault(answers, target);
    const shown = answers.join(', ');
    return {
      isUp: fault === null,
      detail: fault ?? { zh: `应答 ${shown}`, en: `answered ${shown}` },
      phases,
    };
  };
  return runProbes(run, {
    kind: 'dns',
    targets: targetsOf(settings),
    look,
  });
}

/** Asks name servers and judges their answers. */
export const probeDns: Collector<Settings> = {
  id: 'probe-dns',
  title: { zh: 'DNS 探测', en: 'DNS probes' },
  domain: 'application',
  description: {
    zh: '向域名服务器查询并核对应答，发现解析中断、缓慢或被改动。',
    en: 'Asks name servers and compares their answers: finds names that do not resolve, resolve slowly or were changed.',
  },
  settings,
  metrics: probeMetrics,
  isOpen: false,
  records: [],
  cadence: { everySeconds: 60, timeoutSeconds: 55, retries: 0 },
  collect,
};
