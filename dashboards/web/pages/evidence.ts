import {
  type EvaluatedNode,
  type ModelNode,
  type RecordKind,
  recordKindSpecs,
} from '../../../scoring/contract.ts';
import type { EvidenceRow } from '../../../store/contract.ts';
import type { PageContext } from '../page.ts';
import type { Shown } from './home.ts';
import { fieldTitle, printFault, printField } from './record-fields.ts';

const sampleRows = 20;

/** Where the figure comes from, and the first of the records it was computed from. */
export async function viewOfEvidence(
  context: PageContext,
  shown: Shown,
  node: EvaluatedNode,
  model: ModelNode | null,
) {
  const { format, say, t, workbench } = context;
  const { evaluation } = shown;
  const zone = evaluation.period.timeZone;
  const observation = evaluation.observations.find((each) => each.indicator === node.id);
  const source = observation?.source ?? null;
  const measure = model?.leaf?.measure;
  const rows =
    model && source?.kind === 'records' ? await workbench.evidence(evaluation, model, sampleRows) : [];
  return {
    reason: observation?.reason ? say(observation.reason) : null,
    source: source
      ? {
          kind: t(`source.${source.kind}`),
          query: source.query,
          rows: format.count(source.rows),
          asOf: format.time(source.asOf, zone),
          submittedBy: source.submittedBy ?? null,
          verifiedBy: source.verifiedBy ?? null,
          evidence: source.evidence ?? null,
          files: source.files.map((file) => ({
            name: file.name,
            rows: format.count(file.rows),
            sha256: file.sha256,
          })),
        }
      : null,
    sample: measure?.kind === 'records' ? viewOfSample(context, rows, measure.records, zone) : null,
  };
}

/** Fields that no row of the sample fills are left out. */
function viewOfSample(context: PageContext, rows: readonly EvidenceRow[], kind: RecordKind, zone: string) {
  const { say, t } = context;
  const spec = recordKindSpecs[kind];
  const names = Object.keys(spec.fields).filter((name) =>
    rows.some((row) => row.record.fields[name] !== null && row.record.fields[name] !== undefined),
  );
  return {
    kind: say(spec.title),
    columns: names.map((name) => fieldTitle(context, kind, name)),
    rows: rows.map(({ record, fileName, isInNumerator, isInDenominator }) => ({
      id: record.id,
      counts: !isInDenominator
        ? t('evidence.outside')
        : isInNumerator === null
          ? t('evidence.counted')
          : t(isInNumerator ? 'evidence.numerator' : 'evidence.denominator'),
      cells: names.map((name) => printField(context, record.fields[name], { kind, name, zone })),
      where: t('evidence.line', { file: fileName, line: record.line }),
      fault: printFault(context, record.fault),
    })),
    count: rows.length,
  };
}
