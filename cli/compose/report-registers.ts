import type { ReportRegisters } from '../../reports/contract.ts';
import { type Evaluation, leavesOf } from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { familyOf } from './family.ts';

/** Findings that a report carries one by one: 4.8 MB of its bundle at 240 bytes each. */
const mostFindings = 20_000;

/** What a model measures from the registers; the chapters are written where it does. */
function concernsOf(modelYaml: string): { readonly quality: boolean; readonly security: boolean } {
  const { model } = scoringEngine.checkModel(modelYaml);
  const measures = model ? leavesOf(model).flatMap(({ leaf }) => leaf?.measure ?? []) : [];
  const reads = (prefix: string) =>
    measures.some((each) => each.kind === 'metric' && each.of?.metric.startsWith(prefix));
  return {
    quality: reads('citygauge_quality_'),
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
  const { quality, security } = concernsOf(modelYaml);
  const at = evaluation.asOf;
  const runs = quality ? await store.quality.latest(subjects, at) : [];
  const excerpt = security ? await store.security.excerpt({ subjects, at, limit: mostFindings }) : null;
  return runs.length === 0 && excerpt === null ? undefined : { quality: runs, security: excerpt };
}
