import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportOutcome, Workbench } from '../../dashboards/contract.ts';
import {
  type ConflictResolution,
  type Drill,
  disputeKey,
  type Evaluation,
  InputError,
  type Model,
  parsePeriod,
  recordKindSpecs,
  type Subject,
} from '../../scoring/contract.ts';
import { scoringEngine } from '../../scoring/engine.ts';
import type { EvaluationSummary, EvidenceRow, ImportSummary, ReportSummary } from '../../store/contract.ts';
import { generatedChart } from './generated-chart.ts';
import { candidatesFor } from './generated-observations.ts';
import { generatedRuns, generatedTelemetry } from './generated-telemetry.ts';
import { memoryRegisters } from './memory-registers.ts';

const modelFolder = join(import.meta.dirname, '../../scoring/models');

export function shippedModels(): Model[] {
  const names = readdirSync(modelFolder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => modelOf(name, readFileSync(join(modelFolder, name), 'utf8')));
}

function modelOf(name: string, yaml: string): Model {
  const check = scoringEngine.checkModel(yaml);
  if (!check.model) throw new Error(`${name}: ${check.faults.map((fault) => fault.message).join('; ')}`);
  return check.model;
}

export const months = Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`).slice(
  0,
  10,
);

export const citySubjects: readonly Subject[] = [
  ['hexi', '和西市', 'Hexi', 'city', null],
  ['hexi/dongcheng', '东城区', 'Dongcheng', 'district', 'hexi'],
  ['hexi/nanhu', '南湖区', 'Nanhu', 'district', 'hexi'],
  ['hexi/script', '<script>alert(1)</script>', '<script>alert(1)</script>', 'district', 'hexi'],
].map(([id, zh, en, kind, parent]) => ({
  id: id as string,
  name: { zh: zh as string, en: en as string },
  kind: kind as Subject['kind'],
  parent: parent as string | null,
  timeZone: 'Asia/Shanghai',
  isSample: true,
}));

function summaryOf(evaluation: Evaluation): EvaluationSummary {
  return {
    sha256: evaluation.sha256,
    model: evaluation.model.id,
    modelVersion: evaluation.model.version,
    subject: evaluation.subject.id,
    period: evaluation.period.id,
    asOf: evaluation.asOf,
    grade: evaluation.overall.grade,
    coverage: evaluation.overall.coverage,
    createdAt: '2026-11-01T00:00:00Z',
  };
}

/** A Workbench in memory: real models, the real engine, generated observations; the store is what is left out. */
export function createMemoryWorkbench(yaml: string | null = null) {
  const models = [...shippedModels(), ...(yaml === null ? [] : [modelOf('extra', yaml)])];
  const telemetry = generatedTelemetry();
  const resolutions: ConflictResolution[] = [];
  const evaluations: Evaluation[] = [];
  const reports: { summary: ReportSummary; bytes: Uint8Array }[] = [];
  const imports: ImportSummary[] = [];
  const calls: { readonly imported: boolean[]; readonly uploads: string[] } = { imported: [], uploads: [] };
  const find = (id: string) => {
    const model = models.find((each) => each.id === id);
    if (!model) throw new InputError(`model "${id}" is not known`);
    return model;
  };
  const score = (model: Model, subject: Subject, periodId: string, interpretations = {}) => {
    const period = parsePeriod(periodId, subject.timeZone);
    const evaluation = scoringEngine.score({
      model,
      subject,
      period,
      asOf: period.end,
      candidates: candidatesFor(model, subject, period),
      interpretations,
      resolutions: resolutions.filter((each) => each.subject === subject.id && each.period === periodId),
    });
    const at = evaluations.findIndex((each) => each.sha256 === evaluation.sha256);
    if (at >= 0) evaluations.splice(at, 1);
    evaluations.unshift(evaluation);
    return evaluation;
  };
  for (const model of [...models].reverse()) {
    for (const month of months)
      for (const subject of [...citySubjects].reverse()) score(model, subject, month);
  }
  const again = (evaluation: Evaluation) => {
    const subject = citySubjects.find((each) => each.id === evaluation.subject.id);
    if (!subject) throw new InputError(`subject "${evaluation.subject.id}" does not exist`);
    return score(find(evaluation.model.id), subject, evaluation.period.id);
  };
  const leafRows = (evaluation: Evaluation, id: string) =>
    evaluation.observations.find((each) => each.indicator === id);
  const workbench: Workbench = {
    ...memoryRegisters(),
    family: async (subject) =>
      citySubjects.map(({ id }) => id).filter((id) => id === subject || id.startsWith(`${subject}/`)),
    telemetry: async () => telemetry,
    runs: async (job) => generatedRuns(job),
    chart: async (evaluation, leaf, span) => generatedChart(evaluation, leaf, span),
    resolve: async (evaluation, { indicator, ...decision }) => {
      const conflict = evaluation.conflicts.find((each) => each.indicator === indicator);
      if (!conflict) throw new InputError(`${indicator} has no conflict to decide`);
      const key = { indicator, subject: evaluation.subject.id, period: evaluation.period.id };
      resolutions.unshift({
        ...key,
        ...decision,
        dispute: disputeKey(conflict.candidates),
        decidedAt: workbench.now(),
      });
      return again(evaluation);
    },
    withdraw: async (evaluation, indicator) => {
      const at = resolutions.findIndex(
        (each) => each.indicator === indicator && each.subject === evaluation.subject.id,
      );
      if (at < 0) throw new InputError(`${indicator} has no decision to withdraw`);
      resolutions.splice(at, 1);
      return again(evaluation);
    },
    now: () => '2026-11-01T00:00:00Z',
    version: '0.1.0',
    models: () => models,
    modelOf: async (evaluation) => models.find((each) => each.sha256 === evaluation.model.sha256) ?? null,
    subjects: async () => citySubjects,
    evaluations: async ({ model, subject, period }) =>
      evaluations
        .filter((each) => !model || each.model.id === model)
        .filter((each) => !subject || each.subject.id === subject)
        .filter((each) => !period || each.period.id === period)
        .map(summaryOf),
    evaluation: async (sha256) => evaluations.find((each) => each.sha256.startsWith(sha256)) ?? null,
    latest: async (model, subject, period) =>
      evaluations.find(
        (each) =>
          each.model.id === model && each.subject.id === subject && (!period || each.period.id === period),
      ) ?? null,
    evaluate: async ({ model, subject, period, interpretations }) => {
      const found = citySubjects.find((each) => each.id === subject);
      if (!found) throw new InputError(`subject "${subject}" does not exist`);
      return score(find(model), found, period, interpretations);
    },
    drill: async (evaluation, leaf, by): Promise<Drill> => {
      const measure = leaf.leaf?.measure;
      if (measure?.kind !== 'records') throw new InputError(`${leaf.id} is not measured from records`);
      const whole = leafRows(evaluation, leaf.id);
      const [n, d] = [whole?.numerator ?? 0, whole?.denominator ?? 0];
      const shares = [0.5, 0.3, 0.2];
      const parts = shares.map((share, at) => {
        const numerator = at === 2 ? n - Math.floor(n * 0.5) - Math.floor(n * 0.3) : Math.floor(n * share);
        const denominator = at === 2 ? d - Math.floor(d * 0.5) - Math.floor(d * 0.3) : Math.floor(d * share);
        return {
          slice: at === 2 ? null : `${by} ${at + 1} <b>`,
          value: denominator === 0 ? null : numerator / denominator,
          numerator,
          denominator,
        };
      });
      return {
        indicator: leaf.id,
        subject: evaluation.subject.id,
        period: evaluation.period.id,
        asOf: evaluation.asOf,
        by,
        reduction: measure.reduction.kind,
        whole: { slice: null, value: whole?.value ?? null, numerator: n, denominator: d },
        parts,
      };
    },
    evidence: async (evaluation, leaf, limit): Promise<EvidenceRow[]> => {
      const measure = leaf.leaf?.measure;
      if (measure?.kind !== 'records') return [];
      const spec = recordKindSpecs[measure.records];
      return Array.from({ length: Math.min(limit, 5) }, (_, at) => ({
        record: {
          id: `R-${at + 1}`,
          subject: evaluation.subject.id,
          fields: Object.fromEntries(
            Object.entries(spec.fields).map(([name, field]) => [
              name,
              field.type === 'instant' ? evaluation.period.start : field.type === 'text' ? `甲 ${at}` : null,
            ]),
          ),
          fault: null,
          line: at + 2,
        },
        fileName: 'gongdan.csv',
        isInNumerator: measure.reduction.kind === 'ratio' ? at % 2 === 0 : null,
        isInDenominator: true,
      }));
    },
    imports: async () => imports,
    mappings: () => ['boston-311'],
    runImport: async (upload): Promise<ImportOutcome> => {
      const text = readFileSync(upload.path, 'utf8');
      calls.imported.push(!upload.isDryRun);
      calls.uploads.push(upload.path);
      const lines = text.trim().split('\n').slice(1);
      if (lines.length === 0) throw new InputError(`${upload.fileName}: line 1: the file has no rows`);
      const summary = {
        kind: upload.kind,
        subject: upload.subject,
        read: lines.length,
        new: lines.length - 1,
        changed: 0,
        unchanged: 0,
        faulty: 0,
        rejected: 1,
      };
      if (!upload.isDryRun) {
        imports.unshift({
          id: imports.length + 1,
          fileName: upload.fileName,
          sha256: createHash('sha256').update(text).digest('hex'),
          importedAt: '2026-11-01T00:00:00Z',
          ...summary,
        });
      }
      return {
        ...summary,
        isDryRun: upload.isDryRun,
        newSubjects: 0,
        rejects: [
          {
            line: 3,
            id: 'R-3',
            reason: 'accepted "2026-02-30" is not a date',
            text: { zh: '受理时间“2026-02-30”不是有效日期', en: 'accepted "2026-02-30" is not a date' },
          },
        ],
        preview: [{ id: 'R-1', accepted: '2026-10-01T00:00:00.000Z', type: '<i>' }],
      };
    },
    reports: async () => reports.map((each) => each.summary),
    makeReport: async (evaluation, format, language) => {
      const bytes = Buffer.from(`${evaluation.sha256} ${format} ${language}`);
      const summary: ReportSummary = {
        number: `CG-2026-${String(reports.length + 1).padStart(4, '0')}`,
        evaluation: evaluation.sha256,
        subject: evaluation.subject.id,
        model: evaluation.model.id,
        period: evaluation.period.id,
        format,
        language,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.length,
        createdAt: '2026-11-01T00:00:00Z',
      };
      reports.unshift({ summary, bytes });
      return summary;
    },
    report: async (sha256) => reports.find((each) => each.summary.sha256 === sha256) ?? null,
    verify: async (bytes) => {
      const isWhole = Buffer.from(bytes).toString('utf8').startsWith('%PDF');
      if (!isWhole) throw new InputError('the file is not a PDF');
      return {
        isVerified: false,
        number: 'CG-2026-0001',
        evaluation: { sha256: 'ab'.repeat(32), model: 'event-loop-2022', subject: 'hexi', period: '2026-10' },
        compared: { evaluations: 1, values: 213, pages: 14, printedNumbers: 377 },
        differences: [{ where: 'page 4', printed: '83.4%', recomputed: '82.1%' }],
      };
    },
  };
  return { workbench, calls };
}
