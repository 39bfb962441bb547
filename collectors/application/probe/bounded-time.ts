import { createContext, Script } from 'node:vm';

const script = new Script('work()');
/** Far beyond what a sound pattern takes on a page of megabytes. */
export const allowedMilliseconds = 200;

/** The work took longer than it may: it hangs on the input. */
export class Overrun extends Error {}

/**
 * Runs work that only computes (patterns, JSON paths) and ends it by force after its time: a pattern that backtracks
 * without end would else stop the whole program. Throws Overrun then, and whatever the work throws.
 */
export function inBoundedTime<T>(work: () => T, milliseconds = allowedMilliseconds): T {
  try {
    return script.runInContext(createContext({ work }), { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Overrun(`took longer than ${milliseconds} ms`, { cause: error });
  }
}
