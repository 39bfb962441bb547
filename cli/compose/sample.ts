import {
  type PeriodKind,
  periodAt,
  type Reading,
  type RecordKind,
  recordKinds,
  shiftPeriod,
  thresholdMetrics,
} from '../../collectors/contract.ts';

import { buildSampleCity, type SampleCity } from '../../samples/city/sample-city.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { evaluateAndSave } from './evaluate.ts';
import { shippedModels } from './models.ts';
import { fillRegisters } from './sample-registers.ts';
import { fillSlos } from './sample-slos.ts';
import { evaluationReadings } from './telemetry/evaluation-readings.ts';

export interface SampleSurroundings {
  now(): string;
  readonly signal: AbortSignal;
  /** Told how many of the evaluations are done. */
  onProgress?(done: number, total: number): void;
}

interface SampleOrder {
  readonly model: string;
  readonly subject: string;
  readonly period: string;
}

const batchSize = 2000;
const sampleZone = 'Asia/Shanghai';

/** Periods of a kind that ended before `today`, the newest last. */
function fullPeriods(kind: PeriodKind, today: string, count: number): string[] {
  const running = periodAt(kind, `${today}T12:00:00+08:00`, sampleZone);
  return Array.from({ length: count }, (_, index) => shiftPeriod(running, index - count));
}

/** The model that asks how its own last evaluation went: each month is told to the next. */
const operationsModel = 'citygauge-operations';
const issuedAfterMilliseconds = 3 * 86_400_000;

/**
 * The operations model's months come first, month by month with the districts, for a month builds on what the evaluations
 * of city and districts said of the one before; the value model's newest last: the pages open on what was evaluated last.
 */
function ordersFor(subjects: readonly string[], root: string, today: string): SampleOrder[] {
  const all = shippedModels()
    .map((model) => model.id)
    .toReversed();
  const others = all.filter((model) => model !== operationsModel);
  const of = (subject: string, periods: readonly string[], models: readonly string[]) =>
    models.flatMap((model) => periods.map((period) => ({ model, subject, period })));
  const months = fullPeriods('month', today, 12);
  const lastMonths = months.slice(-3);
  const districts = subjects.filter((subject) => subject !== root);
  return [
    ...months.flatMap((month) =>
      [root, ...(lastMonths.includes(month) ? districts : [])].flatMap((subject) =>
        of(subject, [month], [operationsModel]),
      ),
    ),
    ...of(root, fullPeriods('quarter', today, 3), all),
    ...districts.flatMap((district) => of(district, lastMonths, others)),
    ...of(root, months, others),
  ];
}

/** What an evaluation said, as of three days after its period, when it would have been issued; its figures are told once, by itself. */
function toldOf(evaluation: Evaluation): Reading[] {
  const issuedAt = new Date(Date.parse(evaluation.period.end) + issuedAfterMilliseconds).toISOString();
  return evaluationReadings(evaluation, issuedAt)
    .filter(({ metric }) => metric !== thresholdMetrics.indicatorValue)
    .map((reading) => ({ ...reading, labels: { ...reading.labels, job: 'sample-evaluation' } }));
}

async function importSample(
  store: EvidenceStore,
  city: SampleCity,
  kind: RecordKind,
  importedAt: string,
): Promise<number> {
  const records = city.records[kind];
  const session = await store.imports.begin({
    kind,
    subject: city.root,
    fileName: `sample-city/${kind}`,
    mappingSha256: null,
    importedAt,
    covers: { from: city.from, to: city.to },
  });
  for (let start = 0; start < records.length; start += batchSize) {
    await session.stage(records.slice(start, start + batchSize));
  }
  await session.commit({ sha256: city.sha256[kind], read: records.length, rejected: 0 });
  return records.length;
}

/** Fills in the synthetic city and evaluates it; running it again on the same day changes nothing. */
export async function fillSampleCity(
  store: EvidenceStore,
  today: string,
  surroundings: SampleSurroundings,
): Promise<{ records: number; readings: number; evaluations: number }> {
  const city = buildSampleCity(today);
  await store.subjects.put(city.subjects);
  let records = 0;
  for (const kind of recordKinds) records += await importSample(store, city, kind, surroundings.now());
  let readings = 0;
  for (const month of city.readings()) {
    surroundings.signal.throwIfAborted();
    await store.readings.put(month);
    readings += month.length;
  }
  await fillRegisters(store, city, surroundings);
  readings += await fillSlos(store, city, surroundings.signal);
  const orders = ordersFor(
    city.subjects.map((subject) => subject.id),
    city.root,
    today,
  );
  for (const [index, order] of orders.entries()) {
    surroundings.signal.throwIfAborted();
    const model = shippedModels().find((each) => each.id === order.model);
    if (model) {
      const evaluation = await evaluateAndSave(store, { ...order, model }, surroundings.now());
      const isToldOn = order.model === operationsModel && !order.period.includes('Q');
      if (isToldOn) await store.readings.put(toldOf(evaluation));
    }
    surroundings.onProgress?.(index + 1, orders.length);
  }
  return { records, readings, evaluations: orders.length };
}
