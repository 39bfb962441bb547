import type { Model } from '../../scoring/contract.ts';
import type { ReportBundle } from '../contract.ts';
import type { Block, ReportDocument } from './blocks.ts';
import { contextOf, type ReportContext } from './context.ts';
import { writeChanges } from './sections/changes.ts';
import { writeCover } from './sections/cover.ts';
import { writeEvidence } from './sections/evidence.ts';
import { writeGaps } from './sections/gaps/gaps.ts';
import { writeLosses } from './sections/losses.ts';
import { writeMethod } from './sections/method.ts';
import { writeModules } from './sections/modules/modules.ts';
import { writeOverall } from './sections/overall.ts';
import { writeQuality } from './sections/registers/quality.ts';
import { writeSecurity } from './sections/registers/security.ts';
import { writeSlo } from './sections/registers/slo.ts';
import { writeSignOff } from './sections/sign-off.ts';
import { writeStage } from './sections/stage.ts';
import { writeSummary } from './sections/summary.ts';
import { writeTrend } from './sections/trend.ts';

/** The chapters in their order on paper. */
const chapters: readonly ((context: ReportContext) => Block[])[] = [
  writeCover,
  writeSummary,
  writeOverall,
  writeStage,
  writeModules,
  writeQuality,
  writeSecurity,
  writeSlo,
  writeTrend,
  writeChanges,
  writeLosses,
  writeGaps,
  writeMethod,
  writeEvidence,
  writeSignOff,
];

/** The whole report in words and figures; `models` must hold the model of the bundle's evaluation. */
export function buildDocument(bundle: ReportBundle, models: readonly Model[]): ReportDocument {
  const context = contextOf(bundle, models);
  const { evaluation, words, say } = context;
  const subject = say(evaluation.subject.name);
  return {
    language: context.language,
    number: bundle.number,
    title: words('title'),
    subject,
    runningHead: words('runningHead', { subject, period: evaluation.period.id }),
    sampleMark: evaluation.subject.isSample ? words('sample.mark') : null,
    blocks: chapters.flatMap((write) => write(context)),
  };
}
