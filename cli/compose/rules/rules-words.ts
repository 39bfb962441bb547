import type { Language } from '../../../collectors/contract.ts';
import { plainText } from '../../table.ts';
import type { Verdict } from './rule-programs.ts';
import type { RuleTexts } from './rule-texts.ts';
import type { FolderDifference } from './rules-folder.ts';

const shownNames = 10;
const shownLines = 60;

function listed(names: readonly string[]): string {
  const more = names.length > shownNames ? ` … (${names.length})` : '';
  return `${names.slice(0, shownNames).map(plainText).join(', ')}${more}`;
}

/** What is stale in a folder, one line per sort; a sentence when nothing is. */
export function differenceText(
  folder: string,
  { missing, changed, left }: FolderDifference,
  language: Language,
): string {
  const isChinese = language === 'zh';
  const parts = [
    { names: missing, zh: '缺少', en: 'missing' },
    { names: changed, zh: '内容已过期', en: 'stale' },
    { names: left, zh: '对应的目标已不存在', en: 'of a promise that is gone' },
  ].filter(({ names }) => names.length > 0);
  if (parts.length === 0) return isChinese ? `${folder}：规则文件均为最新` : `${folder}: up to date`;
  const next = isChinese ? '请运行 citygauge rules generate' : 'run citygauge rules generate';
  return [...parts.map(({ names, zh, en }) => `${isChinese ? zh : en}: ${listed(names)}`), next].join('\n');
}

/** What a program said, its objections line by line. */
export function verdictText({ program, state, files, complaint }: Verdict, language: Language): string {
  const isChinese = language === 'zh';
  if (state === 'absent') return isChinese ? `未检查：PATH 中没有 ${program}` : `not checked: ${complaint}`;
  if (state === 'accepted')
    return isChinese ? `${program}：${files} 个文件通过` : `${program}: ${files} files accepted`;
  const all = complaint.split('\n').map(plainText);
  const more = all.length > shownLines ? [`… (${all.length})`] : [];
  const head = isChinese ? `${program}：未通过` : `${program}: refused`;
  return [head, ...all.slice(0, shownLines), ...more].join('\n');
}

export function writtenText(
  folder: string,
  { texts, difference }: { readonly texts: RuleTexts; readonly difference: FolderDifference },
  language: Language,
): string {
  const written = difference.missing.length + difference.changed.length;
  const groups = texts.rules.flatMap((each) => each.groups);
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  return language === 'zh'
    ? `${folder}：${texts.files.size} 个文件（${rules} 条规则），写入 ${written} 个，移除 ${difference.left.length} 个`
    : `${folder}: ${texts.files.size} files (${rules} rules), ${written} written, ${difference.left.length} removed`;
}
