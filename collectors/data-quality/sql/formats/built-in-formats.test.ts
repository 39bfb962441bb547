import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scratchFolder } from '../../../../test/scratch-folder.ts';
import { openTable, testBounds } from '../../../../test/sql-tables.ts';
import { dataEngines } from '../../../contract.ts';
import { builtInFormats } from '../../check-file/check-spec.ts';
import { dialectOf } from '../dialects.ts';
import type { FormatSetting } from './built-in-format.ts';
import { columnFormats } from './built-in-formats.ts';

const setting: FormatSetting = { today: '20260601', bounds: { west: 73, south: 3, east: 136, north: 54 } };
const anywhere: FormatSetting = { ...setting, bounds: null };

/** Examples of the standards and of public registers, and each with something wrong. */
const examples = {
  'resident-id': {
    good: ['11010519491231002X', '11010519491231002x', '440524188001010014', '53010219200508011x'],
    bad: [
      '110105194912310021',
      '11010519490231002X',
      '01010519491231002X',
      '1101051949123100',
      ' 11010519491231002X',
      '１１010519491231002X',
    ],
  },
  'credit-code': {
    good: ['91350100M000100Y43', '91110000600037341L'],
    bad: ['91350100M000100Y44', '91350100m000100y43', '91350100M000100I43', '91350100M000100Y4'],
  },
  mobile: {
    good: ['13800138000', '+8619912345678', '8613800138000'],
    bad: ['12800138000', '1380013800', '138001380000', '+8513800138000', '138 0013 8000'],
  },
  'division-code': {
    good: ['110000', '110105', '440524', '419001', '110105001', '110105001001'],
    bad: ['000000', '990000', '110005', '11010', '1101050', '11010500100', '160000'],
  },
} as const;

const characters = fc.constantFrom(...'0123456789Xx ABCHQRTYISVZ+-.eE');
const digits = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

const idAlphabet = '0123456789X';
/** Numbers with a check digit that is mostly right, so that both answers occur. */
const residentIds = fc
  .tuple(
    fc.constantFrom('110105', '440524', '830000', '990101'),
    fc.constantFrom('19491231', '20240229', '20230229', '20990101', '19000101'),
    digits(3),
    fc.constantFrom(0, 0, 0, 1),
  )
  .map(([region, birthday, order, slip]) => {
    const body = region + birthday + order;
    const sum = [...body].reduce((all, digit, index) => all + Number(digit) * (2 ** (17 - index) % 11), 0);
    return body + idAlphabet[(12 - (sum % 11) + slip) % 11];
  });
const codeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditCodes = fc
  .tuple(
    fc.constantFrom('91', '12', '5I', 'Y1'),
    digits(6),
    fc.array(fc.constantFrom(...codeAlphabet), { minLength: 9, maxLength: 9 }),
    fc.constantFrom(0, 0, 0, 7),
  )
  .map(([kind, region, own, slip]) => {
    const body = kind + region + own.join('');
    const sum = [...body].reduce(
      (all, sign, index) => all + codeAlphabet.indexOf(sign) * (3 ** index % 31),
      0,
    );
    return body + codeAlphabet[(31 - (((sum % 31) + 31) % 31) + slip) % 31];
  });
const texts = fc.oneof(
  residentIds,
  creditCodes,
  fc
    .tuple(fc.constantFrom('', '86', '+86', '+'), fc.constantFrom('13', '12', '19'), digits(9))
    .map((all) => all.join('')),
  fc
    .tuple(fc.constantFrom('11', '16', '71', '83'), digits(4), fc.constantFrom('', '001', '001002', '1'))
    .map((all) => all.join('')),
  fc.constantFrom(
    '0',
    '-0',
    '0.0',
    '116.4',
    '39.9',
    ' 39.9 ',
    '+116.4',
    '1e2',
    '180',
    '180.5',
    '-90',
    '91',
    'NaN',
    '',
    '　100',
    '1,0',
  ),
  fc.array(characters, { maxLength: 20 }).map((all) => all.join('')),
  fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0')),
);

describe('built-in formats', () => {
  const folder = scratchFolder();

  for (const [name, { good, bad }] of Object.entries(examples)) {
    it(`tells a real ${name} from a wrong one`, () => {
      const { isValid } = columnFormats[name as keyof typeof examples];
      assert.deepEqual(
        good.filter((text) => !isValid([text], setting)),
        [],
      );
      assert.deepEqual(
        bad.filter((text) => isValid([text], setting)),
        [],
      );
    });
  }

  it('knows nobody born after today', () => {
    const { isValid } = columnFormats['resident-id'];
    const text = '11010519491231002X';
    assert.deepEqual(
      ['19491231', '19491230'].map((today) => isValid([text], { ...setting, today })),
      [true, false],
    );
  });

  it('takes 0, 0 and what lies outside for no place', () => {
    const { isValid } = columnFormats.coordinates;
    const places = [
      ['116.4', '39.9'],
      ['73', '3'],
      ['136.01', '39'],
      ['0', '0'],
      ['-71.06', '42.36'],
      ['0', '51.5'],
      ['', '39'],
    ];
    assert.deepEqual(
      places.map((place) => isValid(place, setting)),
      [true, true, false, false, false, false, false],
    );
    assert.deepEqual(
      places.map((place) => isValid(place, anywhere)),
      [true, true, true, false, true, true, false],
    );
  });

  const values = [
    ...Object.values(examples).flatMap(({ good, bad }) => [...good, ...bad]),
    ...fc.sample(texts, { numRuns: 600, seed: 20310203 }),
  ];
  const degrees = ['0', '-0.0', ' 39.9 ', '+116.4', '1e2', '180.5', '-90', 'NaN', '', '54', '5　'];
  const pairs = [
    ...values.map((text) => [text, ''] as const),
    ...degrees.flatMap((one) => degrees.map((two) => [one, two] as const)),
  ];

  for (const engine of dataEngines) {
    it(`are the same in SQL of ${engine} and in the function`, async function () {
      this.timeout(60_000);
      const table = await openTable(this, engine, {
        table: {
          name: 'values',
          columns: ['id', 'one', 'two'],
          rows: pairs.map((pair, index) => [String(index), ...pair]),
        },
        folder: folder.path,
      });
      const dialect = dialectOf(engine, table.session.server);
      const columns = ['one', 'two'].map((name) => dialect.text(dialect.identifier(name)));
      for (const name of builtInFormats) {
        for (const each of name === 'coordinates' ? [setting, anywhere] : [setting]) {
          const { condition, isValid } = columnFormats[name];
          const rows = await table.session.query(
            `select id from ${dialect.identifier('values')} where ${dialect.isTrue(condition(dialect, columns, each))}`,
            testBounds(),
          );
          const inSql = rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
          const inFunction = pairs.flatMap((pair, index) => (isValid(pair, each) ? [index] : []));
          assert.deepEqual(
            inSql.map((index) => [name, ...(pairs[index] ?? [])]),
            inFunction.map((index) => [name, ...(pairs[index] ?? [])]),
          );
          assert.ok(
            inFunction.length > 5 && inFunction.length < values.length / 2,
            `${name}: ${inFunction.length}`,
          );
        }
      }
      await table.close();
    });
  }
});
