import {
  leavesOf,
  type Model,
  type ModelNode,
  type Observation,
  type Period,
  type Subject,
} from '../../scoring/contract.ts';

/** A number in 0..1 that depends on nothing but the text. */
function chance(text: string): number {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** How good a leaf is, 0..1: the second module improves over the year, the third fails, the rest waver. */
function goodness(model: Model, leaf: ModelNode, subject: Subject, period: Period): number {
  const month = Number(period.id.slice(5)) - 1;
  const module = model.nodes.findIndex((node) => leaf.id.startsWith(`${node.id}.`) || leaf.id === node.id);
  const base = 0.72 + 0.26 * chance(`${leaf.id} ${subject.id}`);
  const noise = 0.06 * (chance(`${leaf.id} ${subject.id} ${period.id}`) - 0.5);
  const slope = module === 1 ? 0.035 * (month - 9) : module === 2 ? -0.04 * month : 0;
  return Math.min(0.995, Math.max(0.02, base + noise + slope));
}

function figureOf(leaf: ModelNode, share: number): number {
  const { best = 1, worst = null, range } = leaf.leaf ?? {};
  const from = worst ?? (leaf.unit === 'ratio' ? 0 : best === 0 ? 12 : best * 4);
  const value = from + (best - from) * share;
  const rounded = leaf.unit === 'count' ? Math.round(value) : value;
  return Math.min(range?.max ?? Infinity, Math.max(range?.min ?? -Infinity, rounded));
}

function failureOf(leaf: ModelNode, subject: Subject, period: Period): Observation {
  return {
    indicator: leaf.id,
    subject: subject.id,
    period: period.id,
    state: 'failed',
    value: null,
    numerator: null,
    denominator: null,
    unit: leaf.unit,
    provenance: null,
    reason: { zh: '任务 portal 采集失败：10 秒内无应答', en: 'job portal failed: no answer within 10 s' },
    source: null,
  };
}

/** Observations of one month: most measured, one leaf never reported, one in conflict. */
export function candidatesFor(model: Model, subject: Subject, period: Period): Observation[] {
  const leaves = leavesOf(model);
  return leaves.flatMap((leaf, at): Observation[] => {
    if (at === leaves.length - 2) return [];
    const isRatio = leaf.unit === 'ratio';
    const rows = 1200 + Math.floor(400 * chance(`rows ${leaf.id} ${period.id} ${subject.id}`));
    const exact = figureOf(leaf, goodness(model, leaf, subject, period));
    const numerator = isRatio ? Math.round(exact * rows) : null;
    const value = numerator === null ? exact : numerator / rows;
    const measure = leaf.leaf?.measure;
    const isEntry = measure?.kind === 'entry';
    // Some metrics have lost a fifth of their samples, some were not collected at all.
    const present = measure?.kind === 'metric' && at % 8 === 3 ? 0.8 : 1;
    if (measure?.kind === 'metric' && at % 20 === 11) return [failureOf(leaf, subject, period)];
    const observation: Observation = {
      indicator: leaf.id,
      subject: subject.id,
      period: period.id,
      state: isEntry ? 'submitted' : 'measured',
      value,
      numerator,
      denominator: isRatio ? rows : null,
      unit: leaf.unit,
      provenance: isEntry ? 'submitted' : 'measured',
      reason: null,
      ...(present < 1 ? { coverage: present } : {}),
      source: {
        kind: isEntry ? 'entry' : measure?.kind === 'metric' ? 'metric' : 'records',
        query: measure?.kind === 'records' || measure?.kind === 'metric' ? measure.text : null,
        files: measure?.kind !== 'records' ? [] : [{ name: 'gongdan.csv', sha256: '3f'.repeat(32), rows }],
        rows: measure?.kind === 'records' ? rows : null,
        asOf: period.end,
        ...(measure?.kind === 'metric'
          ? { samples: { present: 133_920 * present, expected: 133_920, series: 3 } }
          : {}),
        ...(isEntry ? { submittedBy: '市数据局运营处', evidence: '月报.pdf' } : {}),
      },
    };
    if (at !== 1 || isEntry === undefined) return [observation];
    const second: Observation = {
      ...observation,
      state: 'submitted',
      provenance: 'submitted',
      value: isRatio ? value / 2 : value + 7,
      numerator: null,
      denominator: null,
      source: {
        kind: 'entry',
        query: null,
        files: [],
        rows: null,
        asOf: period.end,
        submittedBy: '张三',
        evidence: '附件 3.xlsx',
      },
    };
    return period.id === '2026-10' ? [observation, second] : [observation];
  });
}
