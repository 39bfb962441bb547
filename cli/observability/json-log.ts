import { pino } from 'pino';
import type { Log, LogOptions } from './log.ts';
import type { Tracing } from './tracing.ts';

/** Fields that would hold a secret, wherever they stand. */
const secretFields = ['password', 'token', 'secret', 'authorization', 'apiKey'];

/** JSON lines through `write`; each carries the trace and span it was written in. */
export function jsonLog(
  { level }: LogOptions,
  { tracing, write }: { tracing: Tracing; write(line: string): void },
): Log {
  const logger = pino(
    {
      level,
      base: { service: 'citygauge' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretFields.flatMap((name) => [name, `*.${name}`]), censor: '***' },
      mixin: () => {
        const ids = tracing.ids();
        return ids ? { trace_id: ids.traceId, span_id: ids.spanId } : {};
      },
    },
    { write },
  );
  return {
    say: (at, sentence) => logger[at](sentence.trim()),
    run: ({ outcome }) => {
      const { job, collector, subject, state, durationSeconds, attempts, samples, records, error } = outcome;
      const fields = { job, collector, subject, state, durationSeconds, attempts, samples, records };
      if (state === 'succeeded') logger.info(fields, 'run');
      else logger.warn({ ...fields, error: error?.en, gaps: outcome.gaps.length }, 'run');
    },
  };
}
