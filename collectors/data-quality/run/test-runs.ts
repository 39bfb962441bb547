import { join } from 'node:path';
import type { CheckResult, CollectorPorts, QualityRun } from '../../contract.ts';
import { sqlClient } from '../../ports/sql/sql-client.ts';
import { parseChecks } from '../check-file/check-yaml.ts';
import type { CheckOrder } from './check-order.ts';
import { runChecks } from './run-checks.ts';

export const runAt = '2031-02-03T04:05:06.000Z';

export const testClock: CollectorPorts['clock'] = {
  now: () => Date.parse(runAt),
  monotonic: () => 0,
  sleep: () => Promise.reject(new Error('nothing waits')),
};

/** Runs the checks of the first source of a file of this folder. */
export async function runYaml(
  folder: string,
  sources: string,
  more: { readonly ports?: Partial<CheckOrder['ports']>; readonly history?: CheckOrder['history'] } = {},
): Promise<QualityRun> {
  const file = parseChecks(`schema: citygauge/checks@1\nsources:\n${sources}`, join(folder, 'checks.yaml'));
  const [source] = file.sources;
  if (!source) throw new Error('the file has no source');
  return runChecks({
    subject: 'city',
    file,
    source,
    ports: {
      sql: sqlClient,
      clock: testClock,
      secret: async (ref) => ('env' in ref ? ref.env : ref.file),
      ...more.ports,
    },
    history: more.history ?? (async () => []),
    signal: new AbortController().signal,
  });
}

export function resultOf(run: QualityRun, check: string): CheckResult {
  const result = run.results.find((each) => each.check === check);
  if (!result) throw new Error(`no result of ${check} among ${run.results.map((each) => each.check)}`);
  return result;
}

export const counts = ({ state, checked, failed }: CheckResult) => [state, checked, failed];
