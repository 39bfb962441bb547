import { type RecordKind, recordKindSpecs, type Text } from '../../collectors/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { type CommandContext, ServedElsewhere } from '../context.ts';
import { version } from '../version-file.ts';
import { shippedModels } from './models.ts';

/** One thing the doctor looked at. */
export interface Finding {
  readonly what: Text;
  readonly verdict: 'good' | 'note' | 'broken';
  readonly found: string;
  readonly nextStep?: Text;
}

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

async function storeOrFault(context: CommandContext): Promise<Finding[]> {
  try {
    return await context.withStore(storeFindings);
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

/** Looks at everything that CityGauge needs; a broken part is a finding, never the end of the round. */
export async function findProblems(context: CommandContext): Promise<Finding[]> {
  const host = context.surroundings.hostStore;
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
    ...(await storeOrFault(context)),
    {
      what: { zh: '页面服务', en: 'Web pages' },
      verdict: host ? 'good' : 'note',
      found: host ? 'running' : 'not running',
      ...(!host && { nextStep: { zh: 'npm start 启动', en: 'npm start' } }),
    },
  ];
}
