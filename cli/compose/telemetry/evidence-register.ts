import type { RegisterPort } from '../../../collectors/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { CommandContext } from '../../context.ts';
import { familyOf } from '../family.ts';
import { loadPromises } from '../promises.ts';
import { readSloStandings } from '../slo/readings.ts';

export interface RegisterOptions {
  /** Nothing is written, not even what is counted on the way. */
  readonly isDryRun?: boolean;
}

/** What collectors may ask of the evidence store. */
export function evidenceRegister(
  context: CommandContext,
  store: EvidenceStore,
  { isDryRun = false }: RegisterOptions = {},
): RegisterPort {
  return {
    qualityResults: (key, limit) => store.quality.results(key, limit),
    security: async (subject, at) => {
      const subjects = familyOf(subject, await store.subjects.list());
      return store.security.figures({ subjects, at });
    },
    slos: async (subject, at, signal) => {
      const { slos } = await loadPromises(context, store);
      const { now } = context.surroundings;
      return readSloStandings(store, slos, { subject, at, now: now(), signal, isDryRun });
    },
  };
}
