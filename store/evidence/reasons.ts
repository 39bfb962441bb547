import { type RecordKind, recordKindSpecs, type Text } from '../../collectors/contract.ts';
import type { EvidenceRequest } from '../contract.ts';

type Asked = Pick<EvidenceRequest, 'subject' | 'period' | 'cutoff'>;

export function noRecords(kind: RecordKind, { period, cutoff }: Asked): Text {
  const { zh, en } = recordKindSpecs[kind].title;
  if (Date.parse(cutoff) <= Date.parse(period.start)) {
    return {
      zh: `评估周期 ${period.id} 在截止时间之后才开始，尚无${zh}数据。`,
      en: `Period ${period.id} begins after the cut-off, so there are no ${en.toLowerCase()} yet.`,
    };
  }
  return {
    zh: `评估周期 ${period.id} 内未报送${zh}数据，且没有任何导入文件声明覆盖该周期。`,
    en: `No ${en.toLowerCase()} were reported for ${period.id}, and no imported file covers that period.`,
  };
}

export function noEntry({ period }: Asked): Text {
  return {
    zh: `评估周期 ${period.id} 尚未填报该指标，也未导入观测值。`,
    en: `Nothing was entered or imported for this indicator in ${period.id}.`,
  };
}

export function zeroBase(kind: RecordKind, { period }: Asked): Text {
  const { zh, en } = recordKindSpecs[kind].title;
  return {
    zh: `评估周期 ${period.id} 内没有符合统计口径的${zh}，分母为 0。`,
    en: `None of the ${en.toLowerCase()} of ${period.id} falls into the base of this figure: the denominator is 0.`,
  };
}

export const enteredZeroBase: Text = { zh: '填报的分母为 0。', en: 'The denominator entered is 0.' };

export const emptyEntry: Text = {
  zh: '填报记录中既没有数值，也没有完整的分子和分母。',
  en: 'The entry holds neither a value nor a complete numerator and denominator.',
};

export function faultyEntry(fault: string): Text {
  return { zh: `填报记录有误：${fault}`, en: `The entry is faulty: ${fault}` };
}

export function notComputable(message: string): Text {
  return { zh: `按该度量方式无法算出数值：${message}`, en: `The measure could not be computed: ${message}` };
}
