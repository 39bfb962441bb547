import { printSelector } from '../../../scoring/contract.ts';
import type { NewestRequest, NewestValues } from '../../contract.ts';
import { withSubjects } from '../selector.ts';
import { rangeOf } from './compile.ts';
import type { Dialect } from './dialect.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/** A range and not an instant selector: how far that looks back is the server's own setting. */
export async function newestOnServer(
  client: PrometheusClient,
  dialect: Dialect,
  { selector, subjects, at, lookbackSeconds }: NewestRequest,
): Promise<NewestValues> {
  // A millisecond more than the lookback holds both its ends.
  const range = rangeOf(lookbackSeconds * 1000 + 1, dialect);
  const query = `last_over_time(${printSelector(withSubjects(selector, subjects))}${range})`;
  const data = await client.query(query, Date.parse(at));
  const elements = data.resultType === 'vector' ? data.result : [];
  return {
    series: elements
      .map(({ metric: { __name__: _name, ...labels }, value }) => ({ labels, value: Number(value[1]) }))
      .filter(({ value }) => Number.isFinite(value)),
  };
}
