import type { RegisterPort } from '../../../collectors/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { familyOf } from '../family.ts';

/** What collectors may ask of the evidence store. */
export function evidenceRegister(store: EvidenceStore): RegisterPort {
  return {
    qualityResults: (key, limit) => store.quality.results(key, limit),
    security: async (subject, at) => {
      const subjects = familyOf(subject, await store.subjects.list());
      return store.security.figures({ subjects, at });
    },
    slos: async () => [],
  };
}
