import type { Text } from './text.ts';

/** The six problems of data (碎多少乱错旧), in their usual order. */
export const qualityProblems = [
  'fragmentation',
  'duplication',
  'missing',
  'format',
  'conflict',
  'staleness',
] as const;
export type QualityProblem = (typeof qualityProblems)[number];

export const qualityProblemTitles: Readonly<Record<QualityProblem, Text>> = {
  fragmentation: { zh: '碎', en: 'Fragmented' },
  duplication: { zh: '多', en: 'Duplicated' },
  missing: { zh: '少', en: 'Missing' },
  format: { zh: '乱', en: 'Disorderly' },
  conflict: { zh: '错', en: 'Conflicting' },
  staleness: { zh: '旧', en: 'Old' },
};

/** The dimensions of data quality of GB/T 36344-2018, chapter 5. */
export const qualityDimensions = [
  'conformity',
  'completeness',
  'accuracy',
  'consistency',
  'timeliness',
  'accessibility',
] as const;
export type QualityDimension = (typeof qualityDimensions)[number];

export const qualityDimensionTitles: Readonly<Record<QualityDimension, Text>> = {
  conformity: { zh: '规范性', en: 'Conformity' },
  completeness: { zh: '完整性', en: 'Completeness' },
  accuracy: { zh: '准确性', en: 'Accuracy' },
  consistency: { zh: '一致性', en: 'Consistency' },
  timeliness: { zh: '时效性', en: 'Timeliness' },
  accessibility: { zh: '可访问性', en: 'Accessibility' },
};

/** In the order in which docs and pages list them; `access` is added to every source by itself. */
export const checkKinds = [
  'access',
  'completeness',
  'uniqueness',
  'validity',
  'format',
  'columns',
  'reference',
  'agreement',
  'freshness',
  'lag',
  'volume',
  'drift',
  'schema',
  'similarity',
] as const;
export type CheckKind = (typeof checkKinds)[number];

export interface CheckKindSpec {
  readonly title: Text;
  /** What counts as a failed row, in one sentence. */
  readonly meaning: Text;
  /** Null = none of the six problems unless the check names one. */
  readonly problem: QualityProblem | null;
  readonly dimension: QualityDimension;
}

/** What each kind looks for, and to which problem and dimension it counts unless the check says otherwise. */
export const checkKindSpecs: Readonly<Record<CheckKind, CheckKindSpec>> = {
  access: {
    title: { zh: '可访问', en: 'Access' },
    meaning: { zh: '数据源能否读取', en: 'Whether the source could be read.' },
    problem: null,
    dimension: 'accessibility',
  },
  completeness: {
    title: { zh: '完整', en: 'Completeness' },
    meaning: { zh: '取值为空的行', en: 'Rows whose value is missing.' },
    problem: 'missing',
    dimension: 'completeness',
  },
  uniqueness: {
    title: { zh: '唯一', en: 'Uniqueness' },
    meaning: {
      zh: '与更早的行标识相同的行（每个标识的第一行不计）',
      en: 'Rows that repeat the key of another row; the first of each key does not count.',
    },
    problem: 'duplication',
    dimension: 'accuracy',
  },
  validity: {
    title: { zh: '有效', en: 'Validity' },
    meaning: {
      zh: '类型、范围、长度、模式或代码不符的值',
      en: 'Values of a wrong type, range, length, pattern or code.',
    },
    problem: 'format',
    dimension: 'conformity',
  },
  format: {
    title: { zh: '格式', en: 'Format' },
    meaning: {
      zh: '不符合内置格式（含校验位）的值',
      en: 'Values that break a built-in format, check digit included.',
    },
    problem: 'format',
    dimension: 'conformity',
  },
  columns: {
    title: { zh: '列间一致', en: 'Consistent columns' },
    meaning: { zh: '列与列互相矛盾的行', en: 'Rows whose columns contradict each other.' },
    problem: 'conflict',
    dimension: 'consistency',
  },
  reference: {
    title: { zh: '引用完整', en: 'Reference' },
    meaning: {
      zh: '在被引用的表中找不到标识的行',
      en: 'Rows whose key does not exist in the table referred to.',
    },
    problem: 'fragmentation',
    dimension: 'consistency',
  },
  agreement: {
    title: { zh: '来源一致', en: 'Agreement of sources' },
    meaning: {
      zh: '标识相同而另一来源取值不同的行',
      en: 'Rows whose value differs from that of the same key in another source.',
    },
    problem: 'conflict',
    dimension: 'consistency',
  },
  freshness: {
    title: { zh: '新鲜', en: 'Freshness' },
    meaning: { zh: '超过约定时间未更新', en: 'Not updated within the agreed time.' },
    problem: 'staleness',
    dimension: 'timeliness',
  },
  lag: {
    title: { zh: '时延', en: 'Lag' },
    meaning: {
      zh: '两个时间之间的间隔超过约定的行',
      en: 'Rows that took longer than agreed from one time to another.',
    },
    problem: 'staleness',
    dimension: 'timeliness',
  },
  volume: {
    title: { zh: '行数', en: 'Volume' },
    meaning: {
      zh: '行数偏离规定或历史的程度',
      en: 'How far the number of rows is from what is given or was usual.',
    },
    problem: 'missing',
    dimension: 'completeness',
  },
  drift: {
    title: { zh: '分布漂移', en: 'Drift' },
    meaning: {
      zh: '取值分布与基线的差异（群体稳定性指数）',
      en: 'How far the distribution of values is from its base line (population stability index).',
    },
    problem: null,
    dimension: 'accuracy',
  },
  schema: {
    title: { zh: '结构', en: 'Schema' },
    meaning: {
      zh: '缺失、多余或类型改变的列',
      en: 'Columns that are missing, new or of another type than agreed.',
    },
    problem: 'format',
    dimension: 'conformity',
  },
  similarity: {
    title: { zh: '相似名称', en: 'Similar names' },
    meaning: {
      zh: '名称相近、疑为同一对象的行',
      en: 'Rows whose name is so close to another that both may mean the same thing.',
    },
    problem: 'fragmentation',
    dimension: 'accuracy',
  },
};

export const dataEngines = ['duckdb', 'postgresql', 'mysql', 'sqlite'] as const;
/** Where SQL runs: DuckDB for files (CSV, Parquet, JSON); `mysql` is MariaDB too. */
export type DataEngine = (typeof dataEngines)[number];

export interface QualitySource {
  /** Id in the check file. */
  readonly id: string;
  readonly title: Text;
  /** Owner department (责任部门); null = nobody is named. */
  readonly department: string | null;
  readonly engine: DataEngine;
  /** File, or server/database/table, without credentials. */
  readonly location: string;
  /** Weight of the source in the score of its department. */
  readonly weight: number;
}

/** What one check found (检核结果). */
export interface CheckResult {
  /** Unique within the source. */
  readonly check: string;
  readonly title: Text;
  readonly kind: CheckKind;
  readonly columns: readonly string[];
  readonly problem: QualityProblem | null;
  readonly dimension: QualityDimension;
  readonly weight: number;
  /** `failed` = it could not be computed, with its reason; `notApplicable` = nothing to check: no row, no history yet. */
  readonly state: 'measured' | 'failed' | 'notApplicable';
  /** Rows (columns, runs) looked at and those of them that failed; null exactly when not measured. */
  readonly checked: number | null;
  readonly failed: number | null;
  /** Share that failed, 0..1: failed / checked unless the kind defines it otherwise; null exactly when not measured. */
  readonly ratio: number | null;
  /** The kind's own figure: age and lag in seconds, number of rows, population stability index. */
  readonly figure: { readonly name: string; readonly value: number; readonly unit: string } | null;
  /** The largest ratio (or figure) that is still good, in words of the check file: `ratio <= 0.01`. */
  readonly threshold: string;
  /** Null when not measured. */
  readonly isMissed: boolean | null;
  /** Every statement that contributed, as it ran. */
  readonly sql: readonly string[];
  /** Offending rows, masked; values are texts. */
  readonly sample: OffendingRows | null;
  /** What later runs compare with: counts of values by bin, or the table's columns. */
  readonly memory: CheckMemory | null;
  readonly reason: Text | null;
  readonly remedy: Text | null;
}

export interface OffendingRows {
  readonly columns: readonly { readonly name: string; readonly isMasked: boolean }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export type CheckMemory =
  | {
      readonly kind: 'bins';
      readonly bins: readonly { readonly label: string; readonly count: number }[];
      /** Inner borders of numeric bins; null for values counted by name. */
      readonly borders: readonly number[] | null;
    }
  | {
      readonly kind: 'columns';
      readonly columns: readonly { readonly name: string; readonly type: string }[];
    };

/** One run of the checks of one source (一次检核). */
export interface QualityRun {
  readonly subject: string;
  readonly source: QualitySource;
  /** Of the check file's text. */
  readonly checksSha256: string;
  /** ISO instant: the as-of time of every result. */
  readonly startedAt: string;
  readonly durationSeconds: number;
  /** Null when the source could not be read. */
  readonly rows: number | null;
  /** Statements that read the table from end to end. */
  readonly scans: number;
  /** In the order of the check file, `access` first. */
  readonly results: readonly CheckResult[];
}
