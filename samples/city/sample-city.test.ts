import assert from 'node:assert/strict';
import {
  type FieldSpec,
  type FieldValue,
  recordKindSpecs,
  recordKinds,
  type StoredRecord,
  subjectIdPattern,
} from '../../collectors/contract.ts';
import { buildSampleCity, type SampleCity } from './sample-city.ts';

const city = buildSampleCity('2026-11-20');
const lastMonth = '2026-10';

/** Of `count` months from the first, 0-based, as ISO bounds in Asia/Shanghai. */
function inMonth(month: string, instant: FieldValue | undefined): boolean {
  if (typeof instant !== 'string') return false;
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().startsWith(month);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function daysBetween(from: FieldValue | undefined, to: FieldValue | undefined): number {
  return (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000;
}

function share(records: readonly StoredRecord[], field: string): number {
  const known = records.filter(({ fields }) => fields[field] !== null);
  return known.filter(({ fields }) => fields[field] === true).length / known.length;
}

const requirements = (field: string, month: string) =>
  city.records.requirements.filter(({ fields }) => inMonth(month, fields[field]));

function isOfType(value: FieldValue, spec: FieldSpec): boolean {
  if (value === null) return !spec.isRequired;
  switch (spec.type) {
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'code':
      return spec.codes?.includes(String(value)) === true;
    case 'instant':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/.test(String(value));
    case 'number':
    case 'ratio':
      return Number.isFinite(value);
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value) && value.length > 0;
  }
}

describe('the sample city', () => {
  it('is the same for the same date and seed, byte by byte', () => {
    assert.equal(JSON.stringify(buildSampleCity('2026-11-20')), JSON.stringify(city));
    assert.deepEqual(buildSampleCity('2026-11-01').sha256, city.sha256);
    assert.notEqual(buildSampleCity('2026-11-20', 7).sha256['work-orders'], city.sha256['work-orders']);
  });

  it('covers the twelve months that have ended, and moves with the month', () => {
    assert.deepEqual([city.from, city.to], ['2025-10-31T16:00:00.000Z', '2026-10-31T16:00:00.000Z']);
    const later = buildSampleCity('2026-12-01');
    assert.deepEqual([later.from, later.to], ['2025-11-30T16:00:00.000Z', '2026-11-30T16:00:00.000Z']);
    assert.notEqual(later.sha256['work-orders'], city.sha256['work-orders']);
  });

  it('is a city of four districts, each marked as sample', () => {
    assert.deepEqual(
      city.subjects.map(({ id, name, kind, parent }) => [id, name.zh, kind, parent]),
      [
        ['sample', '示例市', 'city', null],
        ['sample/east', '东城新区', 'district', 'sample'],
        ['sample/south', '南江区', 'district', 'sample'],
        ['sample/west', '西山区', 'district', 'sample'],
        ['sample/north', '北城区', 'district', 'sample'],
      ],
    );
    assert.ok(
      city.subjects.every(
        ({ id, isSample, timeZone }) => isSample && timeZone === 'Asia/Shanghai' && subjectIdPattern.test(id),
      ),
    );
    assert.equal(city.root, 'sample');
  });

  it('has records of every kind', () => {
    assert.deepEqual(
      recordKinds.map((kind) => [kind, city.records[kind].length]),
      [
        ['work-orders', 6628],
        ['requirements', 1152],
        ['incidents', 216],
        ['security-events', 51],
        ['surveys', 2112],
        ['entries', 1481],
      ],
    );
  });

  for (const kind of recordKinds) {
    it(`keeps ${kind} whole: every field of its type, own ids, lines in order, known subjects`, () => {
      const records = city.records[kind];
      const { fields: specs } = recordKindSpecs[kind];
      const subjects = new Set(city.subjects.map(({ id }) => id));
      for (const [index, record] of records.entries()) {
        assert.deepEqual(Object.keys(record.fields), Object.keys(specs));
        for (const [name, spec] of Object.entries(specs)) {
          assert.ok(
            isOfType(record.fields[name] ?? null, spec),
            `${record.id} ${name} ${record.fields[name]}`,
          );
        }
        assert.ok(subjects.has(record.subject));
        assert.equal(record.line, index + 2);
      }
      assert.equal(new Set(records.map(({ id }) => id)).size, records.length);
    });

    it(`knows of ${kind} nothing that comes after its end, but for due times`, () => {
      for (const { id, fields } of city.records[kind]) {
        for (const [name, spec] of Object.entries(recordKindSpecs[kind].fields)) {
          if (spec.type !== 'instant' || /due$/i.test(name)) continue;
          assert.ok(String(fields[name] ?? '') < city.to, `${id} ${name} ${fields[name]}`);
        }
      }
    });

    it(`marks exactly those ${kind} as faulty whose times cannot be`, () => {
      const { cohort, notBeforeCohort } = recordKindSpecs[kind];
      for (const { id, fields, fault } of city.records[kind]) {
        const start = cohort === null ? null : fields[cohort];
        const isImpossible = notBeforeCohort.some(
          (name) => fields[name] !== null && String(fields[name]) < String(start),
        );
        assert.equal(fault !== null, isImpossible, id);
      }
    });
  }

  it('has faulty, invalid, repeated, reopened, open and overdue work orders, from every channel', () => {
    const orders = city.records['work-orders'];
    const count = (is: (fields: StoredRecord['fields'], order: StoredRecord) => boolean) =>
      orders.filter((order) => is(order.fields, order)).length;
    const ids = new Set(orders.map(({ id }) => id));
    assert.ok(count((_, { fault }) => fault !== null) >= 30);
    assert.ok(count((f) => f.invalid === true) >= 80);
    assert.ok(count((f) => f.duplicateOf !== null) >= 100);
    assert.ok(orders.every(({ fields: f }) => f.duplicateOf === null || ids.has(String(f.duplicateOf))));
    assert.ok(count((f) => Number(f.reopened) > 0) >= 150);
    assert.ok(count((f) => f.closed === null) >= 60);
    assert.ok(count((f) => f.closed !== null && String(f.closed) > String(f.due)) >= 500);
    for (const channel of ['citizen', 'app', 'employee', 'sensor', 'ai']) {
      assert.ok(count((f) => f.channel === channel) >= 200, channel);
    }
  });

  it('names roles, never persons', () => {
    for (const { fields } of city.records.entries) {
      for (const who of [fields.submittedBy, fields.verifiedBy]) assert.match(String(who ?? '岗'), /岗$/);
    }
  });
});

describe('the story of the sample city', () => {
  const firstMonth = '2025-11';

  it('has a module that improves: requirements are answered, designed and delivered ever faster and better', () => {
    const answer = (month: string) =>
      mean(requirements('answered', month).map(({ fields: f }) => daysBetween(f.raised, f.answered)));
    const onTime = (month: string) => {
      const delivered = requirements('delivered', month);
      return (
        delivered.filter(({ fields: f }) => String(f.delivered) <= String(f.deliveryDue)).length /
        delivered.length
      );
    };
    assert.ok(answer(firstMonth) > 8 && answer(lastMonth) < 2, `${answer(firstMonth)} ${answer(lastMonth)}`);
    assert.ok(
      onTime(firstMonth) < 0.65 && onTime(lastMonth) > 0.88,
      `${onTime(firstMonth)} ${onTime(lastMonth)}`,
    );
    assert.ok(share(requirements('delivered', firstMonth), 'fit') < 0.8);
    assert.ok(share(requirements('delivered', lastMonth), 'fit') > 0.88);
  });

  it('has a module that fails: coordination and approval take ever longer', () => {
    const coordination = (month: string) =>
      mean(requirements('coordinated', month).map(({ fields: f }) => daysBetween(f.answered, f.coordinated)));
    const approval = (month: string) =>
      mean(requirements('approved', month).map(({ fields: f }) => daysBetween(f.designed, f.approved) / 7));
    assert.ok(coordination(firstMonth) < 10 && coordination(lastMonth) > 24, `${coordination(lastMonth)}`);
    assert.ok(approval(firstMonth) < 1 && approval(lastMonth) > 2, `${approval(lastMonth)}`);
  });

  it('lacks evidence for one module in the last two months, and for one of its elements in the last two quarters', () => {
    const entered = (subject: string, period: string) =>
      city.records.entries
        .filter(
          ({ subject: of, fields: f }) =>
            of === subject && f.period === period && String(f.indicator).startsWith('S4'),
        )
        .map(({ fields: f }) => f.indicator);
    const all = ['S4.P1', 'S4.P2', 'S4.P3', 'S4.P4'];
    for (const subject of ['sample', 'sample/west']) {
      assert.deepEqual(
        ['2026-08', '2026-09', '2026-10'].map((month) => entered(subject, month)),
        [all, [], []],
      );
      assert.deepEqual(
        ['2026-Q1', '2026-Q2', '2026-Q3'].map((quarter) => entered(subject, quarter).length),
        [4, 3, 3],
      );
    }
    assert.deepEqual(entered('sample/east', '2026-10'), all);
  });

  it('has an entry that contradicts the records beyond tolerance, in the last month only', () => {
    const [entry, ...others] = city.records.entries.filter(({ fields }) => fields.indicator === 'S2.P1');
    assert.deepEqual(
      [entry?.subject, entry?.fields.period, entry?.fields.value, others],
      ['sample', lastMonth, 0.97, []],
    );
    const measured = share(requirements('delivered', lastMonth), 'inUse');
    assert.ok(measured > 0.7 && measured < 0.85, String(measured));
  });

  it('otherwise has everything that is entered for the value and operations models for each month and quarter of city and districts', () => {
    const indicators = [
      'S2.P2',
      'S2.P3',
      'S3.P3',
      'S3.P5',
      'S4.P1',
      'S4.P2',
      'S4.P3',
      'S4.P4',
      'S5.P3',
      'S6.P1',
      'business.dispatch.automaticDispatchRatio',
      'business.dispatch.dispatchAccuracyRatio',
      'business.service.doneOnceRatio',
      'business.service.eCertificateRatio',
      'business.service.oneNetworkRatio',
      'planning.organisation.leaderOnDutyRatio',
      'planning.organisation.onCallCoverageRatio',
      'planning.organisation.staffingRatio',
      'security.watch.detectionCoverageRatio',
      'security.watch.drillPassedRatio',
    ];
    const periods = 12 + 3;
    // Four elements of two subjects over two months, one element of two subjects over two quarters; one entry too many.
    assert.equal(city.records.entries.length, indicators.length * periods * 5 - 4 * 2 * 2 - 2 * 2 + 1);
    assert.deepEqual(
      [...new Set(city.records.entries.map(({ fields }) => String(fields.indicator)))].sort(),
      [...indicators, 'S2.P1'].sort(),
    );
    assert.equal(new Set(city.records.entries.map(({ fields }) => fields.period)).size, periods);
  });

  it('enters for the city the sum of its districts, and for a quarter that of its months', () => {
    const parts = (indicator: string, period: string, subject: string) => {
      const entry = city.records.entries.find(({ id }) => id === `${indicator}|${period}|${subject}`);
      return [Number(entry?.fields.numerator), Number(entry?.fields.denominator)] as const;
    };
    const total = (all: readonly (readonly [number, number])[]) =>
      all.reduce(([n, d], [a, b]) => [n + a, d + b] as const, [0, 0] as const);
    const below = city.subjects
      .slice(1)
      .map(({ id }) => parts('business.service.oneNetworkRatio', '2026-05', id));
    assert.deepEqual(parts('business.service.oneNetworkRatio', '2026-05', 'sample'), total(below));
    const months = ['2026-04', '2026-05', '2026-06'].map((month) =>
      parts('business.service.oneNetworkRatio', month, 'sample'),
    );
    assert.deepEqual(parts('business.service.oneNetworkRatio', '2026-Q2', 'sample'), total(months));
    assert.deepEqual(parts('S3.P5', '2026-Q2', 'sample'), parts('S3.P5', '2026-06', 'sample'));
  });

  it('has the quarters that lie in its twelve months whole, four when they end with one', () => {
    const quartersOf = (sample: SampleCity) =>
      [...new Set(sample.records.entries.map(({ fields }) => String(fields.period)))].filter((id) =>
        id.includes('Q'),
      );
    assert.deepEqual(quartersOf(city), ['2026-Q1', '2026-Q2', '2026-Q3']);
    assert.deepEqual(quartersOf(buildSampleCity('2026-01-05')), ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4']);
  });
});
