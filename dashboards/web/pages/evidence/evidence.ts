import {
  type EvaluatedNode,
  type Evaluation,
  type ModelNode,
  type Observation,
  type RecordKind,
  recordKindSpecs,
  type Source,
} from '../../../../scoring/contract.ts';
import type { EvidenceRow } from '../../../../store/contract.ts';
import type { PageContext } from '../../page.ts';
import { provenanceTitle } from '../../terms.ts';
import type { Shown } from '../opening.ts';
import { fieldTitle, printFault, printField } from './record-fields.ts';

const sampleRows = 20;

/** Where the figure comes from, each source of several, and the first of the records it was computed from. */
export async function viewOfEvidence(
  context: PageContext,
  shown: Shown,
  node: EvaluatedNode,
  model: ModelNode | null,
) {
  const { say, workbench } = context;
  const { evaluation } = shown;
  const zone = evaluation.period.timeZone;
  const observation = evaluation.observations.find((each) => each.indicator === node.id);
  const candidates = candidatesOf(evaluation, node);
  const sides = candidates.length > 0 ? candidates : observation ? [observation] : [];
  const measure = model?.leaf?.measure;
  const hasRecords = sides.some((each) => each.source?.kind === 'records');
  const rows = model && hasRecords ? await workbench.evidence(evaluation, model, sampleRows) : [];
  return {
    reason: observation?.reason ? say(observation.reason) : null,
    sources: sides.flatMap((each) =>
      each.source
        ? [
            {
              heading: candidates.length > 0 ? headingOf(context, each, node) : null,
              fraction: candidates.length > 0 ? fractionOf(context, each) : null,
              ...viewOfSource(context, each.source, zone),
            },
          ]
        : [],
    ),
    sample: measure?.kind === 'records' ? viewOfSample(context, rows, measure.records, zone) : null,
  };
}

/** The sources that were laid side by side for this figure, in conflict, decided or reconciled; empty where there is one. */
function candidatesOf({ conflicts, reconciliations, resolutions = [] }: Evaluation, node: EvaluatedNode) {
  const decided = resolutions.map((each) => each.comparison);
  const compared = [...conflicts, ...decided, ...reconciliations].find((each) => each.indicator === node.id);
  return compared?.candidates ?? [];
}

function headingOf(context: PageContext, each: Observation, node: EvaluatedNode): string {
  return context.t('evidence.side', {
    provenance: provenanceTitle(context, each.provenance),
    value: context.format.value(each.value, node.unit),
  });
}

/** Numerator and denominator in words; null where the figure came without them. */
export function fractionOf({ format, t }: PageContext, observation: Observation | undefined): string | null {
  if (observation?.numerator == null || observation.denominator == null) return null;
  return t('figure.fraction', {
    numerator: format.count(observation.numerator),
    denominator: format.count(observation.denominator),
  });
}

/** Everything that a stranger needs to look the figure up. */
export function viewOfSource({ format, t }: PageContext, source: Source, zone: string) {
  return {
    kind: t(`source.${source.kind}`),
    query: source.query,
    rows: source.rows === null ? null : format.count(source.rows),
    samples: source.samples
      ? `${format.count(source.samples.present)} / ${format.count(source.samples.expected)}`
      : null,
    asOf: format.time(source.asOf, zone),
    submittedBy: source.submittedBy ?? null,
    verifiedBy: source.verifiedBy ?? null,
    evidence: source.evidence ?? null,
    files: source.files.map((file) => ({
      name: file.name,
      rows: t(file.rows === 1 ? 'evidence.inputRow' : 'evidence.inputRows', { n: format.count(file.rows) }),
      sha256: file.sha256,
    })),
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
