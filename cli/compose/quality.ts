import { dirname } from 'node:path';
import type { CollectorPorts, QualityRun, Reading, Subject } from '../../collectors/contract.ts';
import { checkSources, chosenSources, readChecksFile, readingsOfRun } from '../../collectors/data-quality.ts';
import { createPorts } from '../../collectors/ports.ts';
import { Redactor, withRedaction } from '../../collectors/runner.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import type { CommandContext } from '../context.ts';
import { findSubject } from './evaluate.ts';
import { evidenceRegister } from './telemetry/evidence-register.ts';

export interface QualityOrder {
  /** Absolute path of the check file. */
  readonly path: string;
  /** Ids; empty = all of the file. */
  readonly sources: readonly string[];
  readonly subject: string | undefined;
  readonly isDryRun: boolean;
}

export interface CheckedQuality {
  /** Under whom the runs are kept; null when none was named and there is not exactly one root. */
  readonly subject: string | null;
  readonly isKept: boolean;
  readonly runs: readonly QualityRun[];
}

/** The job under which readings of the command line are kept: as the scheduled job is called in the samples, so that both are one series. */
const jobOfReadings = 'quality-checks';

/** A run that nobody owns has no history. */
const nobody = '';

async function ownerOf(store: EvidenceStore, named: string | undefined): Promise<Subject | null> {
  if (named !== undefined) return findSubject(store, named);
  const roots = (await store.subjects.list()).filter(({ parent }) => parent === null);
  const [only, other] = roots;
  return other ? null : (only ?? null);
}

/** The world of a check file: its clock is the command's. */
export function checkPorts({ surroundings }: CommandContext, folder: string): CollectorPorts {
  const ports = createPorts({ settingsFolder: folder, environment: surroundings.environment });
  return { ...ports, clock: { ...ports.clock, now: () => Date.parse(surroundings.now()) } };
}

function stamped(run: QualityRun, subject: string): readonly Reading[] {
  return readingsOfRun(run).map((reading) => ({
    ...reading,
    labels: { ...reading.labels, job: jobOfReadings, subject },
  }));
}

/** Runs the checks of a file and keeps results and readings, unless it is a dry run or nobody is named whose they are. */
export async function checkQuality(
  context: CommandContext,
  store: EvidenceStore,
  order: QualityOrder,
): Promise<CheckedQuality> {
  const file = await readChecksFile(order.path);
  const sources = chosenSources(file, order.sources);
  const owner = await ownerOf(store, order.subject);
  const redactor = new Redactor();
  const ports = withRedaction(checkPorts(context, dirname(order.path)), redactor);
  const checked = await checkSources({
    ...{ file, sources, subject: owner?.id ?? nobody, signal: context.surroundings.signal },
    ports: { ...ports, register: evidenceRegister(context, store) },
  });
  const runs = checked.runs.map((run) => redactor.quality(run));
  const isKept = owner !== null && !order.isDryRun;
  if (isKept) {
    await store.readings.put(runs.flatMap((run) => stamped(run, owner.id)));
    for (const run of runs) await store.quality.save(run);
  }
  return { subject: owner?.id ?? null, isKept, runs };
}
