import {
  type FieldSpec,
  type ImportKind,
  observationStates,
  provenances,
  recordKindSpecs,
  type Text,
  units,
} from '../../contract.ts';

/** Columns of an observations file besides `subject` (07, "Observations as CSV"). */
const observationFields: Readonly<Record<string, FieldSpec>> = {
  indicator: { type: 'text', title: { zh: '指标', en: 'Indicator' }, isRequired: true },
  period: { type: 'text', title: { zh: '周期', en: 'Period' } },
  value: { type: 'number', title: { zh: '数值', en: 'Value' } },
  numerator: { type: 'number', title: { zh: '分子', en: 'Numerator' } },
  denominator: { type: 'number', title: { zh: '分母', en: 'Denominator' } },
  unit: { type: 'code', title: { zh: '单位', en: 'Unit' }, codes: units },
  state: { type: 'code', title: { zh: '状态', en: 'State' }, codes: observationStates },
  reason: { type: 'text', title: { zh: '原因', en: 'Reason' } },
  provenance: { type: 'code', title: { zh: '证据等级', en: 'Provenance' }, codes: provenances },
  source: { type: 'text', title: { zh: '来源', en: 'Source' } },
};

/** Fields that a file of this kind may fill, besides `id` and `subject`. */
export function fieldsOf(kind: ImportKind): Readonly<Record<string, FieldSpec>> {
  return kind === 'observations' ? observationFields : recordKindSpecs[kind].fields;
}

export const idTitle: Text = { zh: '编号', en: 'ID' };
export const subjectTitle: Text = { zh: '评估对象', en: 'Subject' };

/** Kinds whose id may be left out, for it follows from what they say. */
export function hasOwnId(kind: ImportKind): boolean {
  return kind !== 'entries' && kind !== 'observations';
}
