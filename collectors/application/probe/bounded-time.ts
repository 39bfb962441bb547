import { createContext, Script } from 'node:vm';

const script = new Script('work()');
/** One for all calls, since making one takes longer than most work; calls cannot overlap. */
const place: { work: (() => unknown) | null } = { work: null };
const context = createContext(place);
/** Far beyond what a sound pattern takes on a page of megabytes. */
export const allowedMilliseconds = 200;

/** The work took longer than it may: it hangs on the input. */
export class Overrun extends Error {}

/**
 * Runs work that only computes (patterns, JSON paths) and ends it by force after its time: a pattern that backtracks
 * without end would else stop the whole program. Throws Overrun then, and whatever the work throws.
 */
export function inBoundedTime<T>(work: () => T, milliseconds = allowedMilliseconds): T {
  place.work = work;
  try {
    return script.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Overrun(`took longer than ${milliseconds} ms`, { cause: error });
  } finally {
    place.work = null;
  }
}
