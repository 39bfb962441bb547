import { InputError, nearest, type Subject } from '../../../collectors/contract.ts';
import type { Slo, SloDefinition } from '../../../rules/contract.ts';
import { definitionOf } from '../../../rules/slo.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { CommandContext } from '../../context.ts';
import { loadPromises } from '../promises.ts';

/** An SLO with the subject whose promise it is. */
export interface OwnedSlo {
  readonly definition: SloDefinition;
  readonly subject: Subject;
}

/** SLOs without a subject are of the root; InputError where there are several roots, or a subject does not exist. */
export function ownedSlos(slos: readonly Slo[], subjects: readonly Subject[]): OwnedSlo[] {
  const roots = subjects.filter(({ parent, isSample }) => parent === null && !isSample);
  const [root = subjects.find(({ parent }) => parent === null), ...others] = roots;
  const faults: string[] = [];
  const owned = slos.flatMap((slo): OwnedSlo[] => {
    const place = `${slo.source.file} line ${slo.source.line}: ${slo.id}`;
    if (slo.subject === null && others.length > 0) {
      const ids = roots.map(({ id }) => id).join(', ');
      faults.push(`${place} names no subject, and there are several: write subject: with one of ${ids}`);
      return [];
    }
    const subject = slo.subject === null ? root : subjects.find(({ id }) => id === slo.subject);
    if (subject) return [{ definition: definitionOf(slo), subject }];
    faults.push(
      slo.subject === null
        ? `${place} has no subject, and the store has none: add one with "citygauge subject add"`
        : `${place} is of subject "${slo.subject}", which does not exist: add it with "citygauge subject add", or correct it`,
    );
    return [];
  });
  if (faults.length > 0) throw new InputError(faults);
  return owned;
}

/** The SLOs of this installation, or of the files named. */
export async function loadOwnedSlos(
  context: CommandContext,
  store: EvidenceStore,
  paths: readonly string[] | undefined,
): Promise<OwnedSlo[]> {
  const { slos } = await loadPromises(context, store, paths ? { slos: paths } : {});
  return ownedSlos(slos, await store.subjects.list());
}

/** InputError that names the nearest one. */
export function findSlo(owned: readonly OwnedSlo[], id: string): OwnedSlo {
  const found = owned.find(({ definition }) => definition.id === id);
  if (found) return found;
  const ids = owned.map(({ definition }) => definition.id);
  const close = nearest(id, ids);
  const hint =
    ids.length === 0
      ? 'there is none: put specs into the folder slos of the data folder, or name them with --slo'
      : close
        ? `did you mean "${close}"?`
        : `known are ${ids.slice(0, 8).join(', ')}`;
  throw new InputError(`SLO "${id}" is unknown: ${hint}`);
}
