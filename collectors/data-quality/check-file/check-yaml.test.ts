import assert from 'node:assert/strict';
import { InputError } from '../../contract.ts';
import { parseChecks } from './check-yaml.ts';
import { checksJsonSchema } from './file-form.ts';

const sound = `schema: citygauge/checks@1
sources:
  - id: orders
    csv: { path: orders.csv.gz, encoding: gb18030, delimiter: ';' }
    department: 市民服务局
    key: [id]
    missing: ['', ' N/A ']
    times: { formats: [MM/dd/yyyy hh:mm:ss a, iso], zone: America/New_York }
    timeout: 1h30m
    checks:
      - completeness: due
        max: 0.05
      - uniqueness: [id, part]
        problem: fragmentation
      - columns: closed>=opened
        where: status <> 'Open'
      - lag: { from: opened, to: closed }
        within: 30d
      - reference: { columns: [dept], source: departments, to: [code] }
      - drift: area
  - id: departments
    postgresql: { url: { env: PGURL }, table: public.departments }
`;

function faultsOf(yaml: string): readonly string[] {
  try {
    parseChecks(yaml, 'checks.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
  return [];
}

/** The sound file with another check list for its first source. */
const withChecks = (checks: string) => `schema: citygauge/checks@1
sources:
  - id: orders
    csv: orders.csv
    checks:
${checks}`;

describe('a check file', () => {
  it('is read with its defaults filled in', () => {
    const { sources, sha256 } = parseChecks(sound, 'checks.yaml');
    const [orders, departments] = sources;
    assert.equal(sha256.length, 64);
    assert.deepEqual(orders?.place, {
      driver: 'duckdb',
      format: 'csv',
      path: 'orders.csv.gz',
      encoding: 'gb18030',
      delimiter: ';',
    });
    assert.deepEqual(
      [orders.title, orders.weight, orders.missing, orders.timeoutSeconds, orders.sampleRows, orders.mask],
      [{ zh: 'orders', en: 'orders' }, 1, ['', 'N/A'], 5400, 5, 'asterisks'],
    );
    assert.deepEqual(
      orders.checks.map(({ id, problem, dimension, max }) => [id, problem, dimension, max]),
      [
        ['completeness-due', 'missing', 'completeness', 0.05],
        ['uniqueness-id-part', 'fragmentation', 'accuracy', 0],
        ['columns-closed-opened', 'conflict', 'consistency', 0],
        ['lag-opened-closed', 'staleness', 'timeliness', 0],
        ['reference-dept', 'fragmentation', 'consistency', 0],
        ['drift-area', null, 'accuracy', 0.2],
      ],
    );
    assert.equal(orders.checks[0]?.title.zh, '完整：due');
    assert.deepEqual(departments?.place, {
      driver: 'postgresql',
      url: { env: 'PGURL' },
      from: { table: 'public.departments' },
    });
  });

  it('names every fault with its line, column, path and what was probably meant', () => {
    const checks = `      - completness: due
      - validity: opened
        typ: instant
      - validity: opened
      - format: id_no
        as: resident-id-card
      - columns: closed opened
      - freshness: opened
      - completeness: due
        uniqueness: due
      - reference: { columns: [a, b], source: departmens, to: [c] }
`;
    const yaml = `${withChecks(checks)}  - id: departments\n    csv: d.csv\n    parquet: d.parquet\n    wieght: 2\n`;
    assert.deepEqual(faultsOf(yaml), [
      'checks.yaml line 6 column 9 sources[0].checks[0]: the check names no kind; did you mean completeness?',
      'checks.yaml line 8 column 9 sources[0].checks[1].typ: unknown key "typ"; did you mean type?',
      'checks.yaml line 9 column 19 sources[0].checks[2].validity: the check says nothing of the values: give type, range, length, pattern or codes',
      'checks.yaml line 11 column 13 sources[0].checks[3].as: "resident-id-card" is not known: write one of resident-id, credit-code, mobile, division-code, coordinates',
      'checks.yaml line 12 column 18 sources[0].checks[4].columns: "closed opened" compares no two columns: write for example closed >= opened',
      'checks.yaml line 13 column 20 sources[0].checks[5].freshness: the check needs either newest (age of the newest row) or each (age of every row)',
      'checks.yaml line 15 column 9 sources[0].checks[6].uniqueness: "completeness" and "uniqueness" are two kinds: make two checks of them',
      'checks.yaml line 16 column 47 sources[0].checks[7].reference.source: there is no source "departmens"; did you mean departments?',
      'checks.yaml line 16 column 63 sources[0].checks[7].reference.to: names 1 columns for 2: name one for each, in the same order',
      'checks.yaml line 19 column 5 sources[1].parquet: "csv" and "parquet" are two places: make two sources of them',
      'checks.yaml line 20 column 5 sources[1].wieght: unknown key "wieght"; did you mean weight?',
    ]);
  });

  it('gives an id without line ends where the name of a column has one', () => {
    const yaml =
      'schema: citygauge/checks@1\nsources:\n  - id: a\n    csv: a.csv\n    checks:\n      - completeness: "new\\nline"\n';
    const [check] = parseChecks(yaml, 'checks.yaml').sources[0]?.checks ?? [];
    assert.deepEqual([check?.id, check?.columns], ['completeness-new line', ['new\nline']]);
  });

  it('asks for one id for each check and a place for each source', () => {
    const yaml = `${withChecks('      - completeness: due\n      - completeness: due\n')}  - id: orders\n`;
    assert.deepEqual(faultsOf(yaml), [
      'checks.yaml line 7 column 9 sources[0].checks[1]: "completeness-due" is the id of checks[0] already: give each its own id',
      'checks.yaml line 8 column 5 sources[1]: the source names no place: give one of csv, parquet, json, sqlite, postgresql, mysql',
      'checks.yaml line 8 column 9 sources[1].id: "orders" is the id of sources[0] already: give each its own',
    ]);
  });

  it('refuses ranges that no value can be in, and bounds of another nature than the type', () => {
    const checks = `      - validity: a
        range: { min: 5, max: 2 }
      - validity: b
        type: instant
        range: { min: yesterday }
      - validity: c
        pattern: '(?=x)'
      - format: [lon, lat]
        as: mobile
`;
    const faults = faultsOf(withChecks(checks));
    assert.equal(faults.length, 4);
    assert.match(faults[0] ?? '', /range: a mapping has a min above its max$/);
    assert.match(faults[1] ?? '', /range\.min: "yesterday" is no ISO time: write for example '2015-01-01'$/);
    assert.match(faults[2] ?? '', /checks\[2\]\.pattern: /);
    assert.match(faults[3] ?? '', /mobile is the format of one column, not of 2$/);
  });

  it('holds no password', () => {
    const yaml = `schema: citygauge/checks@1
sources:
  - id: orders
    postgresql: { url: 'postgresql://reader:hunter2@db/city', table: t }
`;
    const [fault = ''] = faultsOf(yaml);
    assert.match(fault, /holds a password: name where the address is kept/);
    assert.ok(!fault.includes('hunter2'));
  });

  it('has a published schema that knows every kind', () => {
    const text = JSON.stringify(checksJsonSchema());
    for (const kind of ['completeness', 'similarity', 'agreement']) assert.ok(text.includes(`"${kind}"`));
  });
});
