import type { ReportRegisters } from '../../reports/contract.ts';
import { type Evaluation, leavesOf } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { familyOf } from './family.ts';
import { slosOf } from './report-slos.ts';

/** Findings that a report carries one by one: 4.8 MB of its bundle at 240 bytes each. */
const mostFindings = 20_000;

/** What a model measures from the registers; the chapters are written where it does. */
function concernsOf(modelYaml: string): Readonly<Record<keyof ReportRegisters, boolean>> {
  const { model } = scoringEngine.checkModel(modelYaml);
  const measures = model ? leavesOf(model).flatMap(({ leaf }) => leaf?.measure ?? []) : [];
  const reads = (prefix: string) =>
    measures.some((each) => each.kind === 'metric' && each.of?.metric.startsWith(prefix));
  return {
    quality: reads('citygauge_quality_'),
    slo: reads('citygauge_slo_'),
    security:
      reads('citygauge_findings_') ||
      measures.some((each) => each.kind === 'records' && each.records === 'security-events'),
  };
}

/** The registers as of the evaluation's cut-off; undefined when its model measures nothing from them, or they are empty. */
export async function registersOf(
  store: EvidenceStore,
  evaluation: Evaluation,
  modelYaml: string,
): Promise<ReportRegisters | undefined> {
  const subjects = familyOf(evaluation.subject.id, await store.subjects.list());
  const { quality, security, slo } = concernsOf(modelYaml);
  const at = evaluation.asOf;
  const runs = quality ? await store.quality.latest(subjects, at) : [];
  const excerpt = security ? await store.security.excerpt({ subjects, at, limit: mostFindings }) : null;
  const slos = slo ? await slosOf(store, subjects, evaluation) : undefined;
  if (runs.length === 0 && excerpt === null && !slos) return undefined;
  return { quality: runs, security: excerpt, ...(slos && { slo: slos }) };
}
