import { InputError } from '../../collectors/contract.ts';
import type { Workbench } from '../../dashboards/contract.ts';
import type { InstalledRules, SloExclusion } from '../../rules/contract.ts';
import { ruleFaults } from '../../rules/generate.ts';
import type { Evaluation, Model, ModelNode } from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { noTracing, type Tracing } from '../observability/tracing.ts';
import { version } from '../version-file.ts';
import { type Redo, resolveConflict, withdrawDecision } from './conflicts.ts';
import { asInputAsync, evaluateAndSave, periodAndCutoff } from './evaluate.ts';
import { familyOf } from './family.ts';
import { shippedMappings } from './mappings.ts';
import { findModel, modelFrom, shippedModels } from './models.ts';
import type { Promises } from './promises.ts';
import { formatOf, issueReport } from './report.ts';
import { installedRules } from './rules.ts';
import { sloInsight } from './slo/insight.ts';
import { type OwnedSlo, ownedSlos } from './slo/owned.ts';
import { recountTouched } from './slo/recount.ts';
import type { OpenedRuntime } from './telemetry/open-runtime.ts';
import { telemetryState } from './telemetry/state.ts';
import { importUpload } from './upload.ts';
import { verifyReport } from './verify.ts';

/** Runs of one job that its page shows. */
const shownRuns = 100;

/** What the pages are handed: the store, the engine, the importers and the reports behind one interface. */
export function workbenchOn(
  store: EvidenceStore,
  { telemetry, promises }: { readonly telemetry: OpenedRuntime; readonly promises: Promises },
  { now, tracing = noTracing }: { now(): string; tracing?: Tracing | undefined },
): Workbench {
  const models = new Map<string, Model>(shippedModels().map((model) => [model.sha256, model]));
  const rangeOf = ({ period, subject, asOf }: Evaluation) => ({
    subject: subject.id,
    ...periodAndCutoff(period.id, period.timeZone, asOf),
  });
  const modelOf = async (evaluation: Evaluation): Promise<Model | null> => {
    const { sha256, id } = evaluation.model;
    const known = models.get(sha256);
    if (known) return known;
    const yaml = await store.evaluations.modelYaml(sha256);
    if (yaml === null) return null;
    const model = modelFrom(id, yaml);
    models.set(sha256, model);
    return model;
  };
  const redoOf = async (evaluation: Evaluation): Promise<Redo> => {
    const model = await modelOf(evaluation);
    if (model) return { evaluation, model };
    throw new InputError(
      `model ${evaluation.model.id} with sha256 ${evaluation.model.sha256} is gone: evaluate anew first`,
    );
  };
  return {
    now,
    version,
    models: shippedModels,
    modelOf,
    subjects: () => store.subjects.list(),
    evaluations: (filter) => store.evaluations.list(filter),
    evaluation: (sha256) => store.evaluations.get(sha256),
    latest: (model, subject, period) => store.evaluations.latest(model, subject, period),
    evaluate: async ({ model, ...order }) =>
      evaluateAndSave(store, { ...order, model: await findModel(model, (path) => path), tracing }, now()),
    drill: (evaluation: Evaluation, leaf: ModelNode, by: string) =>
      asInputAsync(() => store.evidence.drill({ ...rangeOf(evaluation), leaf, by })),
    evidence: (evaluation, leaf, limit) => store.evidence.sample({ ...rangeOf(evaluation), leaf, limit }),
    imports: () => store.imports.list(),
    mappings: shippedMappings,
    runImport: (upload) => importUpload(store, upload, now()),
    reports: () => store.reports.list(),
    makeReport: async (evaluation, format, language) => {
      const { summary } = await issueReport(store, evaluation, {
        format: formatOf(format),
        language,
        createdAt: now(),
        tracing,
      });
      return summary;
    },
    report: (sha256) => store.reports.get(sha256),
    verify: verifyReport,
    family: async (subject) => familyOf(subject, await store.subjects.list()),
    quality: store.quality,
    security: store.security,
    slos: () => promises.slos,
    slo: countedRegister(store, promises, now),
    ...sloInsight(store, promises.catalogues, now),
    thresholds: () => promises.thresholds,
    lamps: store.thresholds,
    rules: rulesOf(promises, now),
    telemetry: () => telemetryState(store, telemetry),
    runs: (job) => store.runs.list(job, shownRuns),
    chart: async (evaluation, { leaf }, span) => {
      const measure = leaf?.measure;
      if (measure?.kind !== 'metric') return null;
      const subjects = familyOf(evaluation.subject.id, await store.subjects.list());
      return store.metrics.chart({ ...span, subjects, measure });
    },
    resolve: async (evaluation, decision) =>
      resolveConflict(store, await redoOf(evaluation), { decision, at: now() }),
    withdraw: async (evaluation, indicator) =>
      withdrawDecision(store, await redoOf(evaluation), { indicator, at: now() }),
  };
}

/** The register of SLOs, in which what an exclusion touches is counted again at once; of an SLO that is in no file any more nothing can be. */
function countedRegister(store: EvidenceStore, promises: Promises, now: () => string): Workbench['slo'] {
  const ownerOf = async (id: string) =>
    ownedSlos(
      promises.slos.filter((slo) => slo.id === id),
      await store.subjects.list(),
    )[0];
  const counted = async (owned: OwnedSlo | undefined, exclusion: SloExclusion) => {
    if (owned) await recountTouched(store, owned, exclusion, now());
    return exclusion;
  };
  const { latest, figures, revisions, exclusions, exclude, withdraw } = store.slo;
  return {
    ...{ latest, figures, revisions, exclusions },
    exclude: async (order) => counted(await ownerOf(order.slo), await exclude(order)),
    withdraw: async (id, by, at) => {
      const exclusion = await withdraw(id, by, at);
      return counted(await ownerOf(exclusion.slo), exclusion);
    },
  };
}

/** Rules as they would be written in the year that it is; SLOs of which none can be made are left out, and `rules check` says why. */
function rulesOf(promises: Promises, now: () => string): () => readonly InstalledRules[] {
  const { catalogues } = promises;
  const slos = promises.slos.filter((slo) => ruleFaults(slo, { style: 'native', catalogues }).length === 0);
  let made: { readonly year: string; readonly rules: readonly InstalledRules[] } | null = null;
  return () => {
    const at = now();
    const year = at.slice(0, 4);
    if (made?.year !== year) made = { year, rules: installedRules({ ...promises, slos }, { at }) };
    return made.rules;
  };
}
