import type { Text } from '../../../collectors/contract.ts';

/** One thing the doctor looked at. */
export interface Finding {
  readonly what: Text;
  readonly verdict: 'good' | 'note' | 'broken';
  readonly found: string;
  readonly nextStep?: Text;
}

/** How long the doctor waits for anybody. */
export const patienceMilliseconds = 5000;
