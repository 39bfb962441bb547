import { dirname } from 'node:path';
import { type CollectorPorts, type RecordKind, recordKindSpecs } from '../../../collectors/contract.ts';
import { createPorts } from '../../../collectors/ports.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { readLock } from '../../../store/lock-file.ts';
import { type CommandContext, ServedElsewhere } from '../../context.ts';
import { storeOptions } from '../../store-options-file.ts';
import { version } from '../../version-file.ts';
import { shippedModels } from '../models.ts';
import { checkSubjects, type FoundSettings } from '../telemetry/settings.ts';
import type { Finding } from './finding.ts';
import { jobFindings } from './job-findings.ts';
import { ownPageFinding, remoteWriteFinding } from './output-findings.ts';
import { metricSourceFindings } from './prometheus-findings.ts';
import { lookAtSettings, programFindings, secretFindings } from './settings-findings.ts';

export type { Finding } from './finding.ts';

async function storeFindings(store: EvidenceStore): Promise<Finding[]> {
  const { driver, location, serverVersion, schemaVersion, recordCounts } = await store.describe();
  const subjects = await store.subjects.list();
  const evaluations = await store.evaluations.list({});
  const kinds = Object.keys(recordKindSpecs) as RecordKind[];
  const latest = evaluations[0];
  return [
    {
      what: { zh: '证据库', en: 'Evidence store' },
      verdict: 'good',
      found: `${driver} ${location}, PostgreSQL ${serverVersion}, schema ${schemaVersion}`,
    },
    {
      what: { zh: '评估对象', en: 'Subjects' },
      verdict: subjects.length > 0 ? 'good' : 'note',
      found: String(subjects.length),
      ...(subjects.length === 0 && {
        nextStep: { zh: 'citygauge subject add 新增评估对象', en: 'citygauge subject add ID --name NAME' },
      }),
    },
    ...kinds.map(
      (kind): Finding => ({
        what: recordKindSpecs[kind].title,
        verdict: recordCounts[kind] > 0 ? 'good' : 'note',
        found: String(recordCounts[kind]),
        ...(recordCounts[kind] === 0 && {
          nextStep: { zh: `citygauge import ${kind} 导入`, en: `citygauge import ${kind} FILE --subject ID` },
        }),
      }),
    ),
    {
      what: { zh: '最近评估', en: 'Latest evaluation' },
      verdict: latest ? 'good' : 'note',
      found: latest ? `${latest.model} ${latest.subject} ${latest.period} ${latest.grade ?? '-'}` : '-',
      ...(!latest && {
        nextStep: {
          zh: 'citygauge evaluate 计算评估',
          en: 'citygauge evaluate --model M --subject S --period P',
        },
      }),
    },
  ];
}

async function storeOrFault(context: CommandContext, found: FoundSettings | null): Promise<Finding[]> {
  const { environment } = context.surroundings;
  const ports = portsOf(context, found);
  try {
    return await context.withStore(async (store) => [
      ...(await storeFindings(store)),
      ...(await subjectFindings(store, found)),
      ...jobFindings((await store.runs.latest()).filter(({ outcome }) => isDeclared(outcome.job, found))),
      ...(await metricSourceFindings(store, { http: ports.http, options: storeOptions(environment) })),
    ]);
  } catch (error) {
    if (error instanceof ServedElsewhere) throw error;
    return [
      {
        what: { zh: '证据库', en: 'Evidence store' },
        verdict: 'broken',
        found: (error as Error).message,
        nextStep: { zh: '按左侧提示处理后重试', en: 'mend what the message names and run doctor again' },
      },
    ];
  }
}

/** A job that the settings no longer name is nobody's worry. */
function isDeclared(job: string, found: FoundSettings | null): boolean {
  return found?.settings.jobs.some(({ id }) => id === job) ?? false;
}

async function subjectFindings(store: EvidenceStore, found: FoundSettings | null): Promise<Finding[]> {
  try {
    if (found) checkSubjects(found.settings, await store.subjects.list());
    return [];
  } catch (error) {
    const what = { zh: '采集任务的评估对象', en: 'Subjects of the jobs' };
    const nextStep = { zh: '新增评估对象，或修改设置文件', en: 'add the subject, or mend the settings' };
    return [{ what, verdict: 'broken', found: (error as Error).message, nextStep }];
  }
}

function portsOf(context: CommandContext, found: FoundSettings | null) {
  const { environment } = context.surroundings;
  const settingsFolder = found?.path ? dirname(found.path) : context.dataFolder;
  return createPorts({ settingsFolder, environment });
}

async function telemetryFindings(context: CommandContext, found: FoundSettings | null): Promise<Finding[]> {
  const ports = portsOf(context, found);
  const world = { ports: ports as CollectorPorts, dataFolder: context.dataFolder };
  const targets = found?.settings.remoteWrite ?? [];
  return [
    ...(found ? await secretFindings(found, ports) : []),
    ...(await Promise.all(targets.map((target) => remoteWriteFinding(target, world)))),
    ...(await programFindings(context, found)),
  ];
}

async function serverFindings(context: CommandContext): Promise<Finding[]> {
  const host = context.surroundings.hostStore;
  const address = host && readLock(context.dataFolder)?.address;
  const pages: Finding = {
    what: { zh: '页面服务', en: 'Web pages' },
    verdict: host ? 'good' : 'note',
    found: host ? 'running' : 'not running',
    ...(!host && { nextStep: { zh: 'npm start 启动', en: 'npm start' } }),
  };
  return address ? [pages, await ownPageFinding(portsOf(context, null).http, address)] : [pages];
}

/** Looks at everything that CityGauge needs; a broken part is a finding, never the end of the round. */
export async function findProblems(context: CommandContext): Promise<Finding[]> {
  const { findings, settings } = await lookAtSettings(context);
  return [
    {
      what: { zh: '程序', en: 'Program' },
      verdict: 'good',
      found: `citygauge ${version}, Node.js ${process.version}`,
    },
    {
      what: { zh: '评估模型', en: 'Models' },
      verdict: 'good',
      found: shippedModels()
        .map((model) => `${model.id} ${model.version}`)
        .join(', '),
    },
    ...(await storeOrFault(context, settings)),
    ...findings,
    ...(await telemetryFindings(context, settings)),
    ...(await serverFindings(context)),
  ];
}
