import { types } from 'pg';

const int8 = 20;
const timestamptz = 1184;

/**
 * How database values arrive: 64-bit integers (counts, sums of counts: below 2^53) as numbers, instants as ISO text in
 * UTC with milliseconds.
 */
export const valueParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
    if (format !== 'binary' && oid === int8) return Number;
    if (format !== 'binary' && oid === timestamptz) return parseInstant;
    return types.getTypeParser(oid, format as 'text');
  },
};

const parseTimestamp = types.getTypeParser(timestamptz, 'text') as (text: string) => Date;

function parseInstant(text: string): string {
  return parseTimestamp(text).toISOString();
}
