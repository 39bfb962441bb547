import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { nastyTexts as nasty } from '../../../test/nasty-texts.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { type OpenTable, openTable, testBounds } from '../../../test/sql-tables.ts';
import { dataEngines, type SqlValue } from '../../contract.ts';
import type { Dialect } from './dialect.ts';
import { dialectOf } from './dialects.ts';

const ideographic = '\u3000';
const blankEnds = new RegExp(`^[ \\t\\r\\n${ideographic}]+|[ \\t\\r\\n${ideographic}]+$`, 'gu');
const trimmed = (text: string) => text.replaceAll(blankEnds, '');
const numberForm = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/;

const patterns: readonly (readonly [string, RegExp])[] = [
  ['a{2}.', /^a{2}.$/su],
  ['.', /^.$/su],
  ['', /^$/u],
  ['^a.b$|x', /^(?:a.b|x)$/su],
  ['[\\w-]+', /^[\w-]+$/u],
  ['\\d+', /^[0-9]+$/u],
  ['\\D+', /^[^0-9]+$/u],
  ['\\s*', /^[ \t\n\r\f\v]*$/u],
  ['\\S\\s', /^[^ \t\n\r\f\v][ \t\n\r\f\v]$/u],
  ['[^a-z]{1,3}', /^[^a-z]{1,3}$/u],
  ['[\\[\\]^&~|()-]*(a\\|b)?.*', /^[[\]^&~|()-]*(?:a\|b)?.*$/su],
  ['\\(a\\|b\\)', /^\(a\|b\)$/u],
  ['(?:市民|服务|局)+', /^(?:市民|服务|局)+$/u],
  ['[一-龥]+', /^[一-龥]+$/u],
  ['"?[a-z%"]+"?', /^"?[a-z%"]+"?$/u],
  ["it's|back\\\\slash|\\$1|`", /^(?:it's|back\\slash|\$1|`)$/u],
  ['(a*)*b?', /^a*b?$/u],
];

/** Local times in a zone, by Temporal; NaN where the text is none. */
function instantOf(text: string, zone: string): number {
  const iso =
    /^([1-9]\d{3}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(text);
  const american = /^(\d\d)\/(\d\d)\/([1-9]\d{3}) (\d\d):(\d\d):(\d\d) ([AP])M$/i.exec(text);
  const chinese = /^([1-9]\d{3})年(\d\d)月(\d\d)日$/.exec(text);
  if (iso) return read(iso[1] ?? '', iso[2] ?? '00:00', iso[3], zone);
  if (chinese) return read(chinese.slice(1).join('-'), '00:00', undefined, zone);
  if (!american) return Number.NaN;
  const [, month, day, year, hour = '', minute, second, half = ''] = american;
  if (Number(hour) < 1 || Number(hour) > 12) return Number.NaN;
  const full = (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  return read(
    `${year}-${month}-${day}`,
    `${String(full).padStart(2, '0')}:${minute}:${second}`,
    undefined,
    zone,
  );
}

function read(day: string, time: string, offset: string | undefined, zone: string): number {
  if (/:60|^24/.test(time) || (offset !== undefined && /19/.test(offset))) return Number.NaN;
  try {
    // The offset of the first day of 1970 holds for all time before.
    const place =
      day < '1970' ? Temporal.Instant.from('1970-01-01T00:00:00Z').toZonedDateTimeISO(zone).offset : zone;
    const local = Temporal.PlainDateTime.from(`${day}T${time}`, { overflow: 'reject' });
    const zoned = offset
      ? Temporal.Instant.from(`${day}T${time}${offset}`).toZonedDateTimeISO('UTC')
      : local.toZonedDateTime(place);
    const nanoseconds = zoned.epochNanoseconds;
    const whole = nanoseconds / 1_000_000_000n;
    return Number(whole) + Number(nanoseconds - whole * 1_000_000_000n) / 1e9;
  } catch {
    return Number.NaN;
  }
}

type Expectation = readonly [
  title: string,
  sql: (dialect: Dialect, column: string) => string,
  expected: (text: string) => SqlValue,
];

const formats = ['MM/dd/yyyy hh:mm:ss a', 'iso', 'yyyy年MM月dd日'];
const zones = [
  'UTC',
  'Asia/Shanghai',
  'America/New_York',
  'Pacific/Apia',
  'Europe/Dublin',
  'Africa/Casablanca',
];
const orNull = (value: number) => (Number.isNaN(value) ? null : value);
const flag = (dialect: Dialect, condition: string) =>
  `case when ${dialect.isTrue(condition)} then 1 else 0 end`;

const expectations: readonly Expectation[] = [
  ['text', (d, t) => d.text(t), (text) => text],
  ['trim', (d, t) => d.trim(d.text(t)), trimmed],
  ['length', (d, t) => d.length(d.text(t)), (text) => [...text].length],
  [
    'upper',
    (d, t) => d.upper(d.text(t)),
    (text) => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  ],
  [
    'lower',
    (d, t) => d.lower(d.text(t)),
    (text) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  ],
  ['substring', (d, t) => d.substring(d.text(t), 2, 3), (text) => [...text].slice(1, 4).join('')],
  [
    'number',
    (d, t) => d.number(d.text(t)),
    (text) =>
      numberForm.test(trimmed(text)) && trimmed(text).length <= 200 ? Number(trimmed(text)) + 0 : null,
  ],
  ...patterns.map(
    ([pattern, oracle]): Expectation => [
      `pattern ${pattern}`,
      (d, t) => flag(d, d.matches(d.text(t), pattern)),
      (text) => (oracle.test(text) ? 1 : 0),
    ],
  ),
  ...zones.map(
    (zone): Expectation => [
      `times in ${zone}`,
      (d, t) => d.epochSeconds(t, formats, zone),
      (text) => orNull(instantOf(text, zone)),
    ],
  ),
  ['equality', (d, t) => flag(d, `${d.text(t)} = ${d.literal('x')}`), (text) => (text === 'x' ? 1 : 0)],
  ['sameness', (d, t) => flag(d, d.isSame(d.text(t), d.literal('x '))), (text) => (text === 'x ' ? 1 : 0)],
  ...nasty
    .filter((text) => text !== null && /["'`\\%$\n]/.test(text))
    .map(
      (literal): Expectation => [
        `literal ${literal}`,
        (d, t) => flag(d, `${d.text(t)} = ${d.literal(literal ?? '')}`),
        (text) => (text === literal ? 1 : 0),
      ],
    ),
];

describe('a dialect of SQL', () => {
  const folder = scratchFolder();
  for (const engine of dataEngines) {
    describe(`of ${engine}`, function () {
      this.timeout(60_000);
      let table: OpenTable;
      let dialect: Dialect;
      const name = `na"s\`ty.table`;
      const column = `te"x't\`.1`;
      before(async function () {
        table = await openTable(this, engine, {
          table: { name, columns: ['id', column], rows: nasty.map((text, index) => [String(index), text]) },
          folder: folder.path,
        });
        dialect = dialectOf(engine, table.session.server);
      });
      after(() => table?.close());

      for (const [title, sql, expected] of expectations) {
        it(`means the same by ${title.replaceAll('\n', '·')}`, async () => {
          const { identifier } = dialect;
          const rows = await table.session.query(
            `select ${dialect.number(dialect.text(identifier('id')))} as id, ${sql(dialect, identifier(column))} as answer from ${identifier(name)}`,
            testBounds(),
          );
          const answers = new Map(rows.map(({ id, answer }) => [Number(id), answer]));
          const ofNull = /^(?:pattern|literal|equality|sameness)/.test(title) ? 0 : null;
          assert.deepEqual(
            nasty.map((text, index) => [text, plain(answers.get(index))]),
            nasty.map((text) => [text, text === null ? ofNull : plain(expected(text))]),
          );
        });
      }

      it('aggregates alike', async () => {
        const text = dialect.text(dialect.identifier(column));
        const [row] = await table.session.query(
          `select ${dialect.countIf(`${text} = 'x'`)} as hits, ${dialect.countIf(`${text} = 'absent'`)} as misses, ${dialect.countDistinct([`${dialect.length(text)}`])} as lengths, ${dialect.countDistinct([`${dialect.length(text)}`, dialect.substring(text, 1, 1)])} as pairs from ${dialect.identifier(name)}`,
          testBounds(),
        );
        const texts = nasty.filter((each) => each !== null);
        assert.deepEqual(row, {
          hits: 1,
          misses: 0,
          lengths: new Set(texts.map((each) => [...each].length)).size,
          pairs: new Set(texts.map((each) => JSON.stringify([[...each].length, [...each][0] ?? '']))).size,
        });
      });

      it('takes percentiles between rows where it can', async () => {
        if (!dialect.percentile) return;
        const number = dialect.number(dialect.text(dialect.identifier('id')));
        const [row] = await table.session.query(
          `select ${dialect.percentile(`case when ${number} < 4 then ${number} end`, 0.9)} as p from ${dialect.identifier(name)}`,
          testBounds(),
        );
        assert.ok(Math.abs(Number(row?.p) - 2.7) < 1e-12, String(row?.p));
      });
    });
  }
});

/** Whole numbers beyond 2^53 come as text, and -0 is 0. */
function plain(value: SqlValue | undefined): SqlValue | undefined {
  if (typeof value === 'string' && /^-?\d{17,}$/.test(value)) return value;
  return value === 0 ? 0 : value;
}
