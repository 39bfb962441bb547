import { linearRegex } from '../../../contract.ts';
import { blanks } from '../common-dialect.ts';
import { longestNumber, numberPattern } from '../numbers.ts';
import type { ColumnFormat } from './built-in-format.ts';

const globe = { west: -180, south: -90, east: 180, north: 90 } as const;
const compiled = linearRegex(numberPattern);
const ends = new RegExp(`^[${blanks}]+|[${blanks}]+$`, 'g');

/** Degrees of longitude and latitude within bounds; 0, 0 is what systems write that know none. */
export const coordinates: ColumnFormat = {
  condition(dialect, [longitude = 'null', latitude = 'null'], { bounds }) {
    const { west, south, east, north } = bounds ?? globe;
    const [x, y] = [dialect.number(longitude), dialect.number(latitude)];
    return `(${x} between ${west} and ${east} and ${y} between ${south} and ${north} and not (${x} = 0 and ${y} = 0))`;
  },
  isValid([longitude = '', latitude = ''], { bounds }) {
    const { west, south, east, north } = bounds ?? globe;
    const [x, y] = [numberOf(longitude), numberOf(latitude)];
    return x >= west && x <= east && y >= south && y <= north && !(x === 0 && y === 0);
  },
};

/** NaN where the text is none. */
function numberOf(text: string): number {
  const bare = text.replaceAll(ends, '');
  return bare.length <= longestNumber && compiled.matches(bare) ? Number(bare) : Number.NaN;
}
