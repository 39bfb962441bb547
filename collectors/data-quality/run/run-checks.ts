import type { QualityRun } from '../../contract.ts';
import { Budget } from './budget.ts';
import type { CheckOrder } from './check-order.ts';
import { Sessions } from './opened-source.ts';
import { engineOf, locationOf } from './place.ts';
import { runSource } from './run-source.ts';

/** Runs the checks of one source. What cannot be read or computed is a result with its reason: nothing is thrown for it. */
export async function runChecks(order: CheckOrder): Promise<QualityRun> {
  const { source, file, ports, subject } = order;
  const startedAt = new Date(ports.clock.now()).toISOString();
  const began = ports.clock.monotonic();
  const budget = new Budget(ports.clock, source.timeoutSeconds, order.signal);
  const sessions = new Sessions(ports, file, budget);
  try {
    const found = await runSource({ order, sessions, budget, startedAt });
    const { id, title, department, weight } = source;
    const location = locationOf(source, sessions.targetOf(source));
    return {
      subject,
      source: { id, title, department, engine: engineOf(source), location, weight },
      checksSha256: file.sha256,
      startedAt,
      durationSeconds: (ports.clock.monotonic() - began) / 1000,
      ...found,
    };
  } finally {
    await sessions.close();
  }
}
