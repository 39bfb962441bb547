import type { Collected, Sink } from '../../contract.ts';

/** Hands a finished run to every sink; one that fails is reported and stops no other. Names those that failed. */
export async function deliver(
  collected: Collected,
  sinks: readonly Sink[],
  report: (sink: string, error: unknown) => void,
): Promise<readonly string[]> {
  const failed = await Promise.all(
    sinks.map(async (sink) => {
      try {
        await sink.accept(collected);
        return null;
      } catch (error) {
        report(sink.name, error);
        return sink.name;
      }
    }),
  );
  return failed.filter((name) => name !== null);
}
