import assert from 'node:assert/strict';
import { jsonLog } from './json-log.ts';
import { logOptions } from './log.ts';
import { noTracing } from './tracing.ts';

describe('the JSON log', () => {
  function logOf(level: 'info' | 'warn', ids: { traceId: string; spanId: string } | null = null) {
    const lines: Record<string, unknown>[] = [];
    const tracing = { ...noTracing, ids: () => ids };
    const write = (line: string) => void lines.push(JSON.parse(line));
    return { log: jsonLog({ format: 'json', level }, { tracing, write }), lines };
  }

  it('has one object per line with level, time, service and the trace it was written in', () => {
    const { log, lines } = logOf('info', { traceId: 'a1', spanId: 'b2' });
    log.say('warn', 'citygauge: disk is full\n');
    const { time, ...rest } = lines[0] ?? {};
    assert.match(String(time), /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.deepEqual(rest, {
      level: 'warn',
      service: 'citygauge',
      trace_id: 'a1',
      span_id: 'b2',
      msg: 'citygauge: disk is full',
    });
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = logOf('warn');
    log.say('info', 'quiet');
    log.say('error', 'loud');
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['loud'],
    );
  });

  it('is chosen by option, else by LOG_FORMAT and LOG_LEVEL', () => {
    const environment = { LOG_FORMAT: 'json', LOG_LEVEL: 'debug' };
    assert.deepEqual(logOptions({}, {}), { format: 'text', level: 'info' });
    assert.deepEqual(logOptions({}, environment), { format: 'json', level: 'debug' });
    assert.deepEqual(logOptions({ logFormat: 'text', logLevel: 'error' }, environment), {
      format: 'text',
      level: 'error',
    });
    assert.throws(
      () => logOptions({ logLevel: 'loud' }, {}),
      /--log-level "loud" is unknown: write one of debug/,
    );
  });
});
