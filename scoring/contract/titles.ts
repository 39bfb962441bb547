import type { Provenance, Text, Unit } from '../../collectors/contract.ts';
import type { NodeState } from './evaluation.ts';

/** What evidence classes are called everywhere; English in lower case, as within a sentence. */
export const provenanceTitles: Readonly<Record<Provenance, Text>> = {
  measured: { zh: '系统测量', en: 'measured' },
  reconciled: { zh: '多源核对一致', en: 'reconciled' },
  submitted: { zh: '填报（附佐证）', en: 'submitted with evidence' },
  selfReported: { zh: '自行填报', en: 'self-reported' },
};

/** What the states of nodes and observations are called everywhere; English in lower case, as within a sentence. */
export const stateTitles: Readonly<Record<NodeState, Text>> = {
  measured: provenanceTitles.measured,
  estimated: { zh: '估算', en: 'estimated' },
  submitted: provenanceTitles.submitted,
  selfReported: provenanceTitles.selfReported,
  notReported: { zh: '未报送', en: 'not reported' },
  notApplicable: { zh: '不适用', en: 'not applicable' },
  failed: { zh: '采集失败', en: 'collection failed' },
  stale: { zh: '数据过期', en: 'out of date' },
  zeroBase: { zh: '分母为零', en: 'zero base' },
  conflict: { zh: '数据冲突', en: 'in conflict' },
  excluded: { zh: '已排除', en: 'excluded' },
  scored: { zh: '证据齐全', en: 'full evidence' },
  partial: { zh: '证据不全', en: 'partial evidence' },
  unscored: { zh: '无法计分', en: 'unscored' },
};

/** A phrase as it stands alone, in a cell or a heading. */
export function capitalised(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** What stands after a figure of each unit; empty where a ratio prints as percent or a count stands alone. */
export const unitNames: Readonly<Record<Unit, Text>> = {
  ratio: { zh: '', en: '' },
  count: { zh: '', en: '' },
  second: { zh: '秒', en: 's' },
  minute: { zh: '分钟', en: 'min' },
  hour: { zh: '小时', en: 'h' },
  day: { zh: '天', en: 'd' },
  week: { zh: '周', en: 'wk' },
  score: { zh: '分', en: 'points' },
  perDay: { zh: '次/天', en: 'per day' },
  factor: { zh: '', en: '' },
  yuan: { zh: '元', en: 'CNY' },
};
