import type { Language, Text } from '../../contract.ts';
import type { SourceSpec } from '../check-file/check-spec.ts';
import { checkLimits } from '../check-file/defaults.ts';
import type { SourceProfile } from './profile-shape.ts';
import { proposeCompleteness } from './propose/completeness.ts';
import { listed, type Proposal, quoted } from './propose/proposal.ts';
import { proposeValidity } from './propose/validity.ts';
import {
  proposeFormats,
  proposeFreshness,
  proposeKeys,
  proposeSchema,
  proposeVolume,
} from './propose/whole-table.ts';

/**
 * A check file in YAML that a person is to edit, each check under a comment with the figure it comes from. Nothing that
 * stands in a sensitive column is in it.
 */
export function checksFromProfile(
  profile: SourceProfile,
  { language }: { readonly language: Language },
): string {
  const all = [
    ...proposeKeys(profile),
    ...proposeCompleteness(profile),
    ...proposeValidity(profile),
    ...proposeFormats(profile),
    ...proposeFreshness(profile),
    ...proposeVolume(profile),
    ...proposeSchema(profile),
  ];
  const checks = all.slice(0, checkLimits.checksOfSource);
  return [
    ...headLines(profile, { language, left: all.length - checks.length }),
    ...sourceLines(profile, language).map((line) => `    ${line}`),
    '    checks:',
    ...checks.flatMap((check) => checkLines(check, language)),
    '',
  ].join('\n');
}

const comment = (text: Text, language: Language) => `# ${text[language].replace(/\s+/g, ' ')}`;

function headLines(
  { profiledAt, rows, columns, source }: SourceProfile,
  { language, left }: { readonly language: Language; readonly left: number },
): readonly string[] {
  const at = `${profiledAt.slice(0, 16).replace('T', ' ')} UTC`;
  const head: Text = {
    zh: `由数据画像生成（${at}，${rows} 行 ${columns.length} 列）：请逐项核对、修改后使用，删去不需要的检核项`,
    en: `Proposed from a profile (${at}, ${rows} rows of ${columns.length} columns): read, edit, and take out what is not needed`,
  };
  const short: Text = {
    zh: `另有 ${left} 项超出单个数据源的上限，未列出`,
    en: `${left} further checks are beyond the limit of one source and left out`,
  };
  return [
    comment(head, language),
    ...(left > 0 ? [comment(short, language)] : []),
    'schema: citygauge/checks@1',
    'sources:',
    `  - id: ${quoted(source.id)}`,
  ];
}

function sourceLines({ source, columns, keys }: SourceProfile, language: Language): readonly string[] {
  const { id, title, department, missing, mask, times } = source;
  const sensitive = columns.filter(({ isSensitive }) => isSensitive).map(({ name }) => name);
  const found = [...new Set(columns.flatMap(({ timeFormat }) => timeFormat ?? []))];
  const formats = found.length > 0 ? found : times.formats;
  const isTitled = title.zh !== id || title.en !== id;
  const [key = []] = keys;
  const personal: Text = {
    zh: '按列名或取值判断含个人信息：检核明细中一律脱敏',
    en: 'personal by their names or values: always masked where rows are shown',
  };
  const asIf: Text = {
    zh: '视为缺失的写法；如有“N/A”“-”等占位符请补充',
    en: 'texts that count as missing; add place-holders such as N/A or -',
  };
  return [
    ...(isTitled ? [`title: { zh: ${JSON.stringify(title.zh)}, en: ${JSON.stringify(title.en)} }`] : []),
    ...(department === null ? [] : [`department: ${JSON.stringify(department)}`]),
    placeLine(source),
    ...(key.length > 0 ? [`key: ${listed(key)}`] : []),
    comment(asIf, language),
    `missing: [${missing.map((text) => JSON.stringify(text)).join(', ')}]`,
    ...(sensitive.length > 0 ? [comment(personal, language), `sensitive: ${listed(sensitive)}`] : []),
    ...(mask === 'hash' ? ['mask: hash'] : []),
    `times: { formats: [${formats.map((text) => JSON.stringify(text)).join(', ')}], zone: ${JSON.stringify(times.zone)} }`,
  ];
}

function placeLine({ place }: SourceSpec): string {
  const text = JSON.stringify;
  if (place.driver === 'duckdb') {
    const { format, path, encoding, delimiter } = place;
    if (encoding === undefined && delimiter === undefined) return `${format}: ${text(path)}`;
    const more = [
      ...(encoding === undefined ? [] : [`encoding: ${encoding}`]),
      ...(delimiter === undefined ? [] : [`delimiter: ${text(delimiter)}`]),
    ];
    return `${format}: { path: ${text(path)}, ${more.join(', ')} }`;
  }
  const [from = ''] = Object.entries(place.from).map(([kind, what]) => `${kind}: ${text(what)}`);
  if (place.driver === 'sqlite') return `sqlite: { path: ${text(place.path)}, ${from} }`;
  return `${place.driver}: { url: ${text(place.url)}, ${from} }`;
}

function checkLines({ lines, why }: Proposal, language: Language): readonly string[] {
  const [first = '', ...others] = lines;
  return [`      ${comment(why, language)}`, `      - ${first}`, ...others.map((line) => `        ${line}`)];
}
