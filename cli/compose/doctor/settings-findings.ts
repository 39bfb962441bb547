import { InputError, type SecretRef } from '../../../collectors/contract.ts';
import type { createPorts } from '../../../collectors/ports.ts';
import type { CommandContext } from '../../context.ts';
import { findProgram } from '../telemetry/prometheus-process.ts';
import { type FoundSettings, findSettings } from '../telemetry/settings.ts';
import type { Finding } from './finding.ts';

const settingsTitle = { zh: '采集设置', en: 'Telemetry settings' };

/** The settings, or what is wrong with them. */
export async function lookAtSettings(
  context: CommandContext,
): Promise<{ readonly findings: readonly Finding[]; readonly settings: FoundSettings | null }> {
  try {
    const found = await findSettings(context, undefined);
    const { jobs, remoteWrite } = found.settings;
    const finding: Finding =
      found.path === null
        ? {
            what: settingsTitle,
            verdict: 'note',
            found: '-',
            nextStep: {
              zh: `编写 ${context.dataFolder}/telemetry.yaml 声明采集任务`,
              en: `declare jobs in ${context.dataFolder}/telemetry.yaml`,
            },
          }
        : {
            what: settingsTitle,
            verdict: 'good',
            found: `${found.path}: ${jobs.length} jobs, ${remoteWrite.length} remote write targets`,
          };
    return { findings: [finding], settings: found };
  } catch (error) {
    const faults = error instanceof InputError ? error.faults : [(error as Error).message];
    const nextStep = { zh: '按提示修改设置文件', en: 'mend what the sentence names' };
    const findings = faults.map(
      (found): Finding => ({ what: settingsTitle, verdict: 'broken', found, nextStep }),
    );
    return { findings, settings: null };
  }
}

/** Every pointer to a secret in settings that were read: an object with `env` or `file` alone. */
export function secretRefsIn(value: unknown): SecretRef[] {
  if (Array.isArray(value)) return value.flatMap(secretRefsIn);
  if (typeof value !== 'object' || value === null) return [];
  const [key, ...others] = Object.keys(value);
  const text = (value as Record<string, unknown>)[key ?? ''];
  if (others.length === 0 && (key === 'env' || key === 'file') && typeof text === 'string') {
    return [value as SecretRef];
  }
  return Object.values(value).flatMap(secretRefsIn);
}

const nameOf = (ref: SecretRef) => ('env' in ref ? ref.env : ref.file);

/** Secrets by their names; what they are is never said. */
export async function secretFindings(
  { settings }: FoundSettings,
  ports: ReturnType<typeof createPorts>,
): Promise<Finding[]> {
  const refs = secretRefsIn([settings.remoteWrite, settings.jobs.map((job) => job.settings)]);
  if (refs.length === 0) return [];
  const unique = [...new Map(refs.map((ref) => [nameOf(ref), ref])).values()];
  const absent: string[] = [];
  for (const ref of unique) await ports.secret(ref).catch(() => absent.push(nameOf(ref)));
  const what = { zh: '密钥', en: 'Secrets' };
  if (absent.length === 0) return [{ what, verdict: 'good', found: unique.map(nameOf).join(', ') }];
  return [
    {
      what,
      verdict: 'broken',
      found: `missing or empty: ${absent.join(', ')}`,
      nextStep: {
        zh: '设置这些环境变量，或写入这些文件，并确认本程序有权读取',
        en: 'set these variables or write these files, readable by this program',
      },
    },
  ];
}

/** Programs that parts of us start. */
export async function programFindings(
  context: CommandContext,
  settings: FoundSettings | null,
): Promise<Finding[]> {
  const path = context.surroundings.environment.PATH ?? '';
  const needsPing = settings?.settings.jobs.some((job) => job.collector.id === 'probe-icmp') ?? false;
  const [prometheus, ping] = [await findProgram('prometheus', path), await findProgram('ping', path)];
  return [
    {
      what: { zh: '程序 prometheus', en: 'Program prometheus' },
      verdict: prometheus === null ? 'note' : 'good',
      found: prometheus ?? '-',
      ...(prometheus === null && {
        nextStep: {
          zh: '如需 start --with-prometheus，请先安装 prometheus',
          en: 'install prometheus to use start --with-prometheus',
        },
      }),
    },
    {
      what: { zh: '程序 ping', en: 'Program ping' },
      verdict: ping !== null ? 'good' : needsPing ? 'broken' : 'note',
      found: ping ?? '-',
      ...(ping === null && {
        nextStep: {
          zh: '如需 ICMP 探测（probe-icmp），请先安装 ping（iputils-ping）',
          en: 'install ping (iputils-ping) for jobs of probe-icmp',
        },
      }),
    },
  ];
}
