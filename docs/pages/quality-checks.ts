import {
  type CheckKind,
  checkKindSpecs,
  checkKinds,
  qualityDimensions,
  qualityDimensionTitles,
  qualityProblems,
  qualityProblemTitles,
} from '../../collectors/contract.ts';
import { checksJsonSchema } from '../../collectors/data-quality.ts';
import { generatedMark, tableOf } from './markdown.ts';
import { settingsRows } from './settings-rows.ts';

/** A check of each kind as a check file declares it; the source referred to is called `units`. */
export const checkExamples: Readonly<Record<Exclude<CheckKind, 'access'>, string>> = {
  completeness: 'completeness: [name, phone]\nmax: 0.05',
  uniqueness: 'uniqueness: [system, id]',
  validity: "validity: opened\ntype: instant\nrange: { min: '2020-01-01' }",
  format: 'format: id_no\nas: resident-id',
  columns: 'columns: closed >= opened',
  reference: 'reference: { columns: [unit], source: units, to: [code] }',
  agreement:
    'agreement:\n  key: [unit]\n  columns: [phone]\n  source: units\n  to: { key: [code], columns: [phone] }',
  freshness: 'freshness: opened\nnewest: 2d',
  lag: 'lag: { from: opened, to: closed }\nwithin: 72h',
  volume: 'volume: { history: 10, tolerance: 0.3 }',
  drift: 'drift: district\nmax: 0.2',
  schema: 'schema:\n  columns: { id: text, opened: instant }\n  extra: true',
  similarity: 'similarity: name\nwithin: [district]\natLeast: 0.92',
};

function kindRow(kind: CheckKind): readonly string[] {
  const { title, meaning, problem, dimension } = checkKindSpecs[kind];
  return [
    kind === 'access' ? '`access`' : `[\`${kind}\`](#${kind})`,
    title.zh,
    meaning.zh,
    meaning.en,
    problem === null ? '' : `${qualityProblemTitles[problem].zh} \`${problem}\``,
    `${qualityDimensionTitles[dimension].zh} \`${dimension}\``,
  ];
}

function kindSection([kind, example]: readonly [string, string]): string {
  const { title, meaning } = checkKindSpecs[kind as CheckKind];
  const [first = '', ...rest] = example.split('\n');
  const yaml = [`- ${first}`, ...rest.map((line) => `  ${line}`)].join('\n');
  return `### ${kind}\n\n${title.zh}：${meaning.zh}。 ${meaning.en}\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`;
}

/** Kinds of checks, what they count to, and the check file. */
export function qualityChecksPage(): string {
  const titles = (
    keys: readonly string[],
    of: Readonly<Record<string, { readonly zh: string; readonly en: string }>>,
  ) => keys.map((key) => [`\`${key}\``, of[key]?.zh ?? '', of[key]?.en ?? '']);
  return [
    '# Checks of data quality\n',
    generatedMark,
    'How to write and run them: [data quality](../data-quality.md). `access` is added to every source by itself.\n',
    '## Kinds of checks\n',
    tableOf(['kind', '名称', '不合格的含义', 'what fails', 'problem', 'dimension'], checkKinds.map(kindRow)),
    '\n`problem` and `dimension` are those that a kind counts to unless the check names others.\n',
    ...Object.entries(checkExamples).map(kindSection),
    '## Six problems\n',
    tableOf(['problem', '问题', 'in English'], titles(qualityProblems, qualityProblemTitles)),
    '\n## Dimensions (GB/T 36344-2018, chapter 5)\n',
    tableOf(['dimension', '维度', 'in English'], titles(qualityDimensions, qualityDimensionTitles)),
    '\n## Check file\n',
    'Durations: `30s`, `5m`, `72h`, `365d`. A place of a secret is `{ env: NAME }` or `{ file: PATH }`. The schema for editors is [checks.schema.json](checks.schema.json).\n',
    tableOf(['key', 'type', 'default', 'meaning'], settingsRows(checksJsonSchema())),
    '',
  ].join('\n');
}
