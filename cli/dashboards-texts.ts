import type { Language, Text } from '../collectors/contract.ts';
import type { PushOutcome } from '../dashboards/grafana/push.ts';
import type { FolderOutcome } from './compose/dashboards-folder.ts';
import { plainText } from './table.ts';

/** What `dashboards build` did. */
export function buildText({ written, unchanged, removed }: FolderOutcome, language: Language): string {
  const changes = [...written.map((path) => `+ ${path}`), ...removed.map((path) => `- ${path}`)];
  const total =
    language === 'zh'
      ? `写入 ${written.length} 个文件，未变 ${unchanged.length} 个，删除 ${removed.length} 个`
      : `${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed`;
  return [...changes, total].map(plainText).join('\n');
}

const actions: Readonly<Record<PushOutcome['action'], { readonly done: Text; readonly due: Text }>> = {
  create: { done: { zh: '已创建', en: 'created' }, due: { zh: '将创建', en: 'to create' } },
  update: { done: { zh: '已更新', en: 'updated' }, due: { zh: '将更新', en: 'to update' } },
  unchanged: { done: { zh: '未变', en: 'unchanged' }, due: { zh: '未变', en: 'unchanged' } },
};

const kinds: Readonly<Record<PushOutcome['kind'], Text>> = {
  folder: { zh: '文件夹', en: 'folder' },
  dataSource: { zh: '数据源', en: 'data source' },
  dashboard: { zh: '看板', en: 'dashboard' },
};

/** Differences of one object that are printed; `--json` has all. */
const mostDifferences = 20;

function linesOf(outcome: PushOutcome, isDryRun: boolean, language: Language): string[] {
  const { action, kind, title, uid, differences } = outcome;
  const word = actions[action][isDryRun ? 'due' : 'done'][language];
  const more = differences.length - mostDifferences;
  return [
    `${word} ${kinds[kind][language]} ${title} (${uid})`,
    ...differences.slice(0, mostDifferences).map((line) => `    ${line}`),
    ...(more > 0 ? [language === 'zh' ? `    另有 ${more} 处` : `    and ${more} more`] : []),
  ];
}

/** What `dashboards push` did, or would do. */
export function pushText(outcomes: readonly PushOutcome[], isDryRun: boolean, language: Language): string {
  const count = (wanted: PushOutcome['action']) => outcomes.filter(({ action }) => action === wanted).length;
  const [created, updated, unchanged] = [count('create'), count('update'), count('unchanged')];
  const nothing = language === 'zh' ? '与 Grafana 中一致，没有变化' : 'same as in Grafana, nothing changed';
  const total =
    language === 'zh'
      ? `${isDryRun ? '试运行，未写入任何内容：将' : ''}创建 ${created} 项，更新 ${updated} 项，未变 ${unchanged} 项`
      : `${isDryRun ? 'dry run, nothing was written: ' : ''}${created} ${isDryRun ? 'to create' : 'created'}, ${updated} ${isDryRun ? 'to update' : 'updated'}, ${unchanged} unchanged`;
  return [
    ...outcomes.flatMap((outcome) => linesOf(outcome, isDryRun, language)),
    created + updated === 0 ? nothing : total,
  ]
    .map(plainText)
    .join('\n');
}
