import { InputError, parsePeriod, type Subject } from '../../collectors/contract.ts';
import { readObservations } from '../../collectors/records.ts';
import type { Evaluation } from '../../scoring/contract.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import {
  asInput,
  type EvaluationOrder,
  evaluatedSubject,
  periodAndCutoff,
  scoreCandidates,
} from './evaluate.ts';
import { type ImportOrder, type ImportResult, refuseTooMany } from './import.ts';
import { indicatorsOf } from './indicators.ts';
import { RejectsFile } from './rejects-file.ts';

type ObservationsOrder = Omit<ImportOrder, 'kind' | 'covers'>;

/** Reads an observations file into the store, all of it or nothing. */
export async function importObservationsFile(
  store: EvidenceStore,
  subject: Subject,
  order: ObservationsOrder,
): Promise<ImportResult> {
  const { period } = order;
  if (period !== undefined) asInput(() => parsePeriod(period, subject.timeZone));
  const rejected = new RejectsFile(order.rejectsPath);
  await rejected.refuseBadPath();
  const known = new Set((await store.subjects.list()).map((each) => each.id));
  const { rejects, summary, ...read } = await readObservations({
    path: order.path,
    name: order.fileName,
    subject,
    period: period ?? null,
    mapping: order.mapping?.mapping ?? null,
    isSubject: (id) => known.has(id),
    indicators: indicatorsOf(),
    asOf: order.importedAt,
    signal: order.signal,
  });
  // As of the end of its period, not of the import: the same file must give the same observations on another day.
  const observations = read.observations.map((observation) => ({
    ...observation,
    source: observation.source && {
      ...observation.source,
      asOf: parsePeriod(observation.period, subject.timeZone).end,
    },
  }));
  try {
    await rejected.add(rejects);
    refuseTooMany(rejected, order);
    await rejected.finish();
  } catch (error) {
    await rejected.discard();
    throw error;
  }
  const counts = await store.observations
    .put(observations, {
      fileName: summary.fileName,
      sha256: summary.sha256,
      importedAt: order.importedAt,
      subject: subject.id,
      rejected: rejects.length,
      isDryRun: order.isDryRun,
    })
    .catch(async (error: unknown) => {
      await rejected.discard();
      throw error;
    });
  return {
    kind: 'observations',
    subject: subject.id,
    file: summary.fileName,
    isDryRun: order.isDryRun,
    read: summary.read,
    ...counts,
    faulty: 0,
    rejected: rejects.length,
    newSubjects: 0,
    notes: summary.notes,
    rejectsFile: await rejected.keep(),
    rejects: rejected.first,
    faults: [],
    preview: observations.slice(0, 5).map(({ indicator, subject: of, ...rest }, index) => ({
      id: indicator,
      subject: of,
      line: index + 2,
      fault: null,
      fields: { period: rest.period, state: rest.state, value: rest.value, unit: rest.unit },
    })),
  };
}

/** Scores a file of observations alone; `order.subject` only names what it is about. Any reject stops it. */
export async function evaluateFile(
  path: string,
  order: EvaluationOrder,
  timeZone: string,
): Promise<Evaluation> {
  const { period, cutoff } = periodAndCutoff(order.period, timeZone, order.asOf);
  const subject: Subject = {
    id: order.subject,
    name: { zh: order.subject, en: order.subject },
    kind: 'city',
    parent: null,
    timeZone,
    isSample: false,
  };
  const { observations, rejects, summary } = await readObservations({
    path,
    subject,
    period: period.id,
    mapping: null,
    isSubject: (id) => id === subject.id,
    indicators: indicatorsOf([order.model]),
    asOf: cutoff,
  });
  if (rejects.length > 0) {
    throw new InputError(rejects.map(({ line, reason }) => `${summary.fileName}, line ${line}: ${reason}`));
  }
  const candidates = observations.filter(
    (observation) => observation.period === period.id && observation.subject === subject.id,
  );
  return scoreCandidates(order, evaluatedSubject(subject), { period, cutoff, candidates });
}
