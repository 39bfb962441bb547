import type { Collected } from '../../../collectors/contract.ts';
import type { Job } from '../../../collectors/runner.ts';
import type { CommandContext } from '../../context.ts';

/** Every run in a span of its own, with its line in the log. */
export function aroundRuns({ tracing, surroundings }: CommandContext) {
  return (job: Job, work: () => Promise<Collected>): Promise<Collected> => {
    const attributes = {
      'citygauge.job': job.id,
      'citygauge.collector': job.collector.id,
      'citygauge.subject': job.subject,
    };
    return tracing.withSpan('collect', attributes, async (span) => {
      const collected = await work();
      const { state, samples, series, attempts, error } = collected.outcome;
      span.note({
        'citygauge.state': state,
        'citygauge.samples': samples,
        'citygauge.series': series,
        'citygauge.attempts': attempts,
      });
      if (error) span.fail(error.en);
      surroundings.log?.run(collected);
      return collected;
    });
  };
}
