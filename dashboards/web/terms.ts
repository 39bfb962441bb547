import {
  capitalised,
  type NodeState,
  type Provenance,
  provenanceTitles,
  stateTitles,
} from '../../scoring/contract.ts';
import type { PageContext } from './page.ts';

export function stateTitle({ say }: PageContext, state: NodeState): string {
  return capitalised(say(stateTitles[state]));
}

/** A dash where nothing counts and so nothing vouches. */
export function provenanceTitle({ say }: PageContext, provenance: Provenance | null): string {
  return provenance === null ? '—' : capitalised(say(provenanceTitles[provenance]));
}

/** A sentence as it stands alone; what begins with an address or a name of code stays as it is. */
export function sentence(text: string): string {
  return /^[a-z]+[ ,]/.test(text) ? capitalised(text) : text;
}
