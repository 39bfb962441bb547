import type { Language, Text } from '../collectors/contract.ts';
import type { AssetImportResult } from './compose/asset-import.ts';
import type { ScanImportResult } from './compose/scan-import.ts';
import { plainText } from './table.ts';
import { wordsIn } from './words.ts';

/** What the import of a report did, in a sentence, and what of it could not be understood. */
export function scanImportText(result: ScanImportResult, language: Language): string {
  const word = wordsIn(language);
  const isChinese = language === 'zh';
  const counts: readonly (readonly [Text, number])[] = [
    [{ zh: '读取', en: 'read' }, result.read],
    [{ zh: '新增', en: 'new' }, result.new],
    [{ zh: '复发', en: 'reopened' }, result.reopened],
    [{ zh: '修复', en: 'fixed' }, result.fixed],
    [{ zh: '变更', en: 'changed' }, result.changed],
    [{ zh: '未变', en: 'unchanged' }, result.unchanged],
    [{ zh: '新告警', en: 'new alarms' }, result.alarms],
    [{ zh: '跳过', en: 'skipped' }, result.skipped.count],
  ];
  const notes = [
    ...(result.isDuplicate
      ? [
          isChinese
            ? '同一份报告此前已导入，没有变化'
            : 'the same report was imported before: nothing changed',
        ]
      : []),
    ...(result.isOutdated
      ? [
          isChinese
            ? '该扫描器已有更新的扫描：本报告只可能把首次发现时间提前'
            : 'a newer scan of this scanner is known: only first seen can move back',
        ]
      : []),
    ...(result.isDryRun ? [word('nothingWritten')] : []),
  ];
  const skipped = result.skipped.examples.map(({ place, reason }) =>
    isChinese ? `  ${place.replace(/^line (\d+)/, '第 $1 行')}：${reason.zh}` : `  ${place}: ${reason.en}`,
  );
  const figures = counts.map(([title, count]) => `${title[language]} ${count}`).join(isChinese ? '，' : ', ');
  const head = `${result.file} → ${result.scanner} (${result.format}) ${result.producedAt}  ${result.subject}: ${figures}`;
  return [head, ...notes, ...skipped].map(plainText).join('\n');
}

export function assetImportText(result: AssetImportResult, language: Language): string {
  const word = wordsIn(language);
  const { file, subject, read, added, changed, unchanged, notes, isDryRun } = result;
  const counts = [
    `${word('read')} ${read}`,
    `${word('new')} ${added}`,
    `${word('changed')} ${changed}`,
    `${word('unchanged')} ${unchanged}`,
  ];
  const isChinese = language === 'zh';
  const head = `${file} → ${isChinese ? '资产台账' : 'assets'}  ${subject}: ${counts.join(isChinese ? '，' : ', ')}`;
  return [
    ...[head, ...notes.map((note) => note[language])].map(plainText),
    ...(isDryRun ? [word('nothingWritten')] : []),
  ].join('\n');
}
