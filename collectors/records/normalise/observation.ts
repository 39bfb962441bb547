import type { FieldValue, Observation, ObservationState, Provenance, Text, Unit } from '../../contract.ts';
import { valuedStates } from '../../contract.ts';
import { quoted } from '../reading/row.ts';
import { periodProblem } from './entry.ts';
import { type Figure, figureProblem, figureValue, indicatorProblem } from './figure.ts';
import { isProblem, type Problem, rejected } from './problem.ts';
import type { RowContext } from './row-context.ts';
import type { FieldRow } from './row-reader.ts';

/** An observation but for the hash of its file, which is known only when the file has been read. */
export type ObservationDraft = Omit<Observation, 'source'> & {
  readonly line: number;
  /** What the file's `source` column says. */
  readonly statedSource: string | null;
};

export interface ObservationDefaults {
  readonly context: RowContext;
  /** For rows that do not name their period; null = each must. */
  readonly period: string | null;
}

interface Standing {
  readonly state: ObservationState;
  readonly provenance: Provenance | null;
}

const stateOfProvenance: Readonly<Record<Provenance, ObservationState>> = {
  measured: 'measured',
  reconciled: 'measured',
  submitted: 'submitted',
  selfReported: 'selfReported',
};

/** State and evidence class of a figure: as the file says, else by whether it names its source. */
function valuedStanding(
  state: ObservationState | null,
  provenance: Provenance | null,
  hasSource: boolean,
): Standing | Problem {
  const claimed: Provenance = provenance ?? (hasSource ? 'submitted' : 'selfReported');
  if (state === null) return { state: stateOfProvenance[claimed], provenance: claimed };
  if (state === 'estimated') return { state, provenance: claimed };
  const own: Provenance = state === 'submitted' || state === 'selfReported' ? state : 'measured';
  if (provenance === null || stateOfProvenance[provenance] === state)
    return { state, provenance: provenance ?? own };
  return rejected(
    `状态 ${state} 与证据等级 ${provenance} 矛盾：请只填其一`,
    `the state ${state} contradicts the provenance ${provenance}: give only one of them`,
  );
}

function unvaluedStanding(figure: Figure, state: ObservationState | null): Standing | Problem {
  if (state === null) {
    return { state: figure.denominator === 0 ? 'zeroBase' : 'notReported', provenance: null };
  }
  if (!valuedStates.includes(state)) return { state, provenance: null };
  return rejected(
    `状态为 ${state} 但没有数值：请填写数值，或改为 notReported`,
    `the state is ${state} but there is no value: give one, or write notReported`,
  );
}

const ownReasons: Partial<Record<ObservationState, Text>> = {
  notReported: { zh: '填报文件中未填写数值', en: 'The file gives no value' },
  zeroBase: { zh: '分母为 0', en: 'The denominator is 0' },
};

function reasonOf(state: ObservationState, written: FieldValue): Text | null | Problem {
  if (typeof written === 'string') return { zh: written, en: written };
  if (valuedStates.includes(state)) return null;
  return (
    ownReasons[state] ??
    rejected(
      `状态 ${state} 必须说明原因（reason）`,
      `the state ${state} needs a reason: fill in the column reason`,
    )
  );
}

function unitOf(indicator: string, written: FieldValue, context: RowContext): Unit | Problem {
  const declared = context.indicators?.unitOf(indicator) ?? null;
  const unit = (declared ?? written) as Unit | null;
  if (unit === null) {
    return rejected(
      `指标 ${quoted(indicator)} 的单位未知`,
      `the unit of ${quoted(indicator)} is not known: fill in unit`,
    );
  }
  if (written === null || written === unit) return unit;
  return rejected(
    `单位 ${written} 与指标 ${indicator} 在模型中的单位 ${unit} 不符：请换算后填写`,
    `the unit ${written} is not ${unit}, which the model declares for ${indicator}: convert the value`,
  );
}

/** A state without value may not carry one. */
function contradiction(value: number | null, state: FieldValue): Problem | null {
  if (value === null || state === null || valuedStates.includes(state as ObservationState)) return null;
  return rejected(
    `状态 ${state} 不应有数值 ${value}：请清空数值或改状态`,
    `the state ${state} goes without a value, but ${value} is given: clear one of them`,
  );
}

/** One row of an observations file, or why it cannot be taken. */
export function observationOf(
  row: FieldRow,
  { context, period }: ObservationDefaults,
): ObservationDraft | Problem {
  const { fields } = row;
  const indicator = fields.indicator as string | null;
  if (indicator === null) return rejected('缺少指标编号', 'the indicator is missing');
  const unknown = indicatorProblem(indicator, context.indicators);
  if (unknown) return unknown;
  const ownPeriod = (fields.period ?? period) as string | null;
  if (ownPeriod === null) return rejected('缺少周期', 'the period is missing: fill in period or name one');
  const badPeriod = periodProblem(ownPeriod, context.root.timeZone);
  if (badPeriod) return badPeriod;
  const unit = unitOf(indicator, fields.unit ?? null, context);
  if (isProblem(unit)) return unit;
  const figure = {
    value: fields.value,
    numerator: fields.numerator,
    denominator: fields.denominator,
  } as Figure;
  const value = figureValue(figure);
  const wrong = figureProblem(figure, unit) ?? contradiction(value, fields.state ?? null);
  if (wrong) return wrong;
  const state = (fields.state ?? null) as ObservationState | null;
  const standing =
    value === null
      ? unvaluedStanding(figure, state)
      : valuedStanding(state, fields.provenance as Provenance | null, (fields.source ?? null) !== null);
  if (isProblem(standing)) return standing;
  const reason = reasonOf(standing.state, fields.reason ?? null);
  if (isProblem(reason)) return reason;
  return {
    indicator,
    subject: row.subject ?? context.root.id,
    period: ownPeriod,
    ...standing,
    value,
    numerator: figure.numerator,
    denominator: figure.denominator,
    unit,
    reason,
    line: row.line,
    statedSource: fields.source as string | null,
  };
}
