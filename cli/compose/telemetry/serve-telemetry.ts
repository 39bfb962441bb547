import type { EvidenceStore } from '../../../store/contract.ts';
import type { CommandContext } from '../../context.ts';
import { type OpenedRuntime, openRuntime } from './open-runtime.ts';
import { keepCompact } from './retention.ts';
import { checkSubjects, type FoundSettings, withBuiltInJobs } from './settings.ts';

/** A server that is told to stop is gone within seconds: what is not sent by then waits on disk. */
const drainMilliseconds = 500;

/** The telemetry of a server: its jobs on their schedule and the retention of its readings, until it is closed. */
export async function serveTelemetry(
  context: CommandContext,
  store: EvidenceStore,
  found: FoundSettings,
): Promise<OpenedRuntime> {
  const subjects = await store.subjects.list();
  const settings = withBuiltInJobs(found, subjects);
  checkSubjects(settings, subjects);
  const opened = await openRuntime(context, store, { settings, settingsFile: found.path, drainMilliseconds });
  const { runtime } = opened;
  await runtime.start();
  const stopping = new AbortController();
  const { ports, report } = runtime.options;
  const compacting = keepCompact(store, {
    policy: settings.retention,
    clock: ports.clock,
    signal: stopping.signal,
    report,
  });
  return {
    ...opened,
    close: async () => {
      stopping.abort(new Error('the server stops'));
      await opened.close();
      await compacting;
    },
  };
}
