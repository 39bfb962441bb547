import type { Dialect } from './dialect.ts';
import { PromqlFault } from './fault.ts';
import type { PrometheusClient, VectorElement } from './prometheus-client.ts';

/** The label that tells the parts of one query apart. */
const partLabel = 'citygauge_part';
/** Queries that a server is sent at once. */
const concurrency = 4;
/** Parts of one query: bounds what one query costs the server. */
const partsPerQuery = 250;

export type PartAnswer = readonly VectorElement[] | PromqlFault;

/** Each expression's result, many expressions to a query; a fault of one leaves the others theirs. */
export async function askParts(
  client: PrometheusClient,
  expressions: readonly string[],
  { at, dialect }: { readonly at: number; readonly dialect: Dialect },
): Promise<ReadonlyMap<string, PartAnswer>> {
  const answers = new Map<string, PartAnswer>();
  let broken: PromqlFault | null = null;

  async function ask(batch: readonly string[]): Promise<void> {
    if (broken) return settle(batch, broken);
    try {
      const data = await client.query(joined(batch), at);
      const elements = data.resultType === 'vector' ? data.result : [];
      const byPart = Map.groupBy(elements, ({ metric }) => metric[partLabel] ?? '0');
      batch.forEach((expression, index) => {
        answers.set(expression, byPart.get(String(index)) ?? []);
      });
    } catch (cause) {
      if (!(cause instanceof PromqlFault)) throw cause;
      const concernsOne = cause.kind === 'query' || cause.kind === 'tooLarge';
      if (!concernsOne) broken = cause;
      if (!concernsOne || batch.length === 1) return settle(batch, cause);
      const middle = Math.ceil(batch.length / 2);
      await ask(batch.slice(0, middle));
      await ask(batch.slice(middle));
    }
  }

  function settle(batch: readonly string[], fault: PromqlFault): void {
    for (const expression of batch) answers.set(expression, fault);
  }

  await inTurns(batchesOf([...new Set(expressions)], dialect.maxQueryBytes), ask);
  return answers;
}

/** Works on the items in order, a few at a time. */
export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}

function batchesOf(expressions: readonly string[], maxBytes: number): string[][] {
  const batches: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const expression of expressions) {
    const own = Buffer.byteLength(labelled(expression, partsPerQuery)) + '( or )'.length;
    const last = batches.at(-1);
    if (!last || bytes + own > maxBytes || last.length >= partsPerQuery) {
      batches.push([expression]);
      bytes = own;
    } else {
      last.push(expression);
      bytes += own;
    }
  }
  return batches;
}

/** A balanced tree: in a plain chain every `or` would walk all results before it. */
function joined(batch: readonly string[], first = 0): string {
  if (batch.length <= 1) return labelled(batch[0] ?? '', first);
  const middle = Math.ceil(batch.length / 2);
  const [left, right] = [batch.slice(0, middle), batch.slice(middle)];
  return `(${joined(left, first)} or ${joined(right, first + middle)})`;
}

function labelled(expression: string, index: number): string {
  return `label_replace(${expression}, "${partLabel}", "${index}", "", "")`;
}
