import {
  type PeriodKind,
  periodAt,
  type RecordKind,
  recordKinds,
  shiftPeriod,
} from '../../collectors/contract.ts';

import { buildSampleCity, type SampleCity } from '../../samples/city/sample-city.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import { evaluateAndSave } from './evaluate.ts';
import { shippedModels } from './models.ts';

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

/** The value model's newest evaluations of the city come last: the pages open on what was evaluated last. */
function ordersFor(subjects: readonly string[], root: string, today: string): SampleOrder[] {
  const models = shippedModels()
    .map((model) => model.id)
    .toReversed();
  const of = (subject: string, periods: readonly string[]) =>
    models.flatMap((model) => periods.map((period) => ({ model, subject, period })));
  const months = fullPeriods('month', today, 12);
  const districts = subjects.filter((subject) => subject !== root);
  return [
    ...of(root, fullPeriods('quarter', today, 3)),
    ...districts.flatMap((district) => of(district, months.slice(-3))),
    ...of(root, months),
  ];
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
): Promise<{ records: number; evaluations: number }> {
  const city = buildSampleCity(today);
  await store.subjects.put(city.subjects);
  let records = 0;
  for (const kind of recordKinds) records += await importSample(store, city, kind, surroundings.now());
  const orders = ordersFor(
    city.subjects.map((subject) => subject.id),
    city.root,
    today,
  );
  for (const [index, order] of orders.entries()) {
    surroundings.signal.throwIfAborted();
    const model = shippedModels().find((each) => each.id === order.model);
    if (model) await evaluateAndSave(store, { ...order, model }, surroundings.now());
    surroundings.onProgress?.(index + 1, orders.length);
  }
  return { records, evaluations: orders.length };
}
