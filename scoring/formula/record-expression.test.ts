import assert from 'node:assert/strict';
import type { RecordKind } from '../contract.ts';
import { parseRecordExpression } from './record-expression.ts';

interface Asked {
  kind?: RecordKind;
  result?: 'boolean' | 'number';
  allowsFaulty?: boolean;
}

function parse(text: string, asked: Asked = {}) {
  return parseRecordExpression(text, {
    kind: 'work-orders',
    result: 'boolean',
    allowsFaulty: false,
    ...asked,
  });
}

function faultOf(text: string, asked: Asked = {}): string | null {
  const [fault] = parse(text, asked).faults;
  return fault ? `${fault.column}: ${fault.message}` : null;
}

describe('parseRecordExpression', () => {
  it('reads fields, bounds, flags and has', () => {
    assert.deepEqual(parse('closed <= cutoff and not invalid or has(duplicateOf)').expression, {
      op: 'or',
      left: {
        op: 'and',
        left: { op: '<=', left: { op: 'field', name: 'closed' }, right: { op: 'bound', name: 'cutoff' } },
        right: { op: 'not', of: { op: 'field', name: 'invalid' } },
      },
      right: { op: 'has', field: 'duplicateOf' },
    });
  });

  it('reads a bare code opposite a code field', () => {
    const expected = {
      op: '==',
      left: { op: 'field', name: 'channel' },
      right: { op: 'code', value: 'citizen' },
    };
    assert.deepEqual(parse('channel == citizen').expression, expected);
  });

  it('reads a word that is both a code and a field as the code where it stands opposite the code field', () => {
    assert.deepEqual(parse('status == accepted').expression, {
      op: '==',
      left: { op: 'field', name: 'status' },
      right: { op: 'code', value: 'accepted' },
    });
    assert.deepEqual(parse('accepted < closed').expression, {
      op: '<',
      left: { op: 'field', name: 'accepted' },
      right: { op: 'field', name: 'closed' },
    });
  });

  it('reads the time between two instants in the unit named', () => {
    for (const [name, unit] of [
      ['hours', 'hour'],
      ['days', 'day'],
      ['weeks', 'week'],
    ] as const) {
      assert.deepEqual(parse(`${name}(accepted, closed)`, { result: 'number' }).expression, {
        op: 'duration',
        unit,
        from: 'accepted',
        to: 'closed',
      });
    }
  });

  it('reads arithmetic, numbers and truth values', () => {
    assert.deepEqual(parse('-rating / 5', { result: 'number' }).expression, {
      op: '/',
      left: { op: '-', left: { op: 'constant', value: 0 }, right: { op: 'field', name: 'rating' } },
      right: { op: 'constant', value: 5 },
    });
    assert.deepEqual(parse('true').expression, { op: 'constant', value: true });
  });

  it('reads "faulty" only where the population keeps faulty records', () => {
    assert.deepEqual(parse('faulty', { allowsFaulty: true }).expression, { op: 'faulty' });
    assert.equal(faultOf('faulty'), '1: "faulty" needs "population: withFaulty" in the measure');
  });

  const refusals: [string, string, Asked?][] = [
    ['channel == due', '12: "due" is no code of channel; codes: citizen, app, employee, sensor, ai'],
    [
      'type == street',
      '9: unknown field "street" of work-orders; known: type, channel, neighbourhood, found, accepted, dispatched, handled, checked, closed, due, status, ownerUnit, leadUnit, supportingUnits, duplicateOf, invalid, reopened, rating',
    ],
    ['type == ownerUnit', '1: "==" cannot join a text and a text'],
    [
      'citizen',
      '1: unknown field "citizen" of work-orders; known: type, channel, neighbourhood, found, accepted, dispatched, handled, checked, closed, due, status, ownerUnit, leadUnit, supportingUnits, duplicateOf, invalid, reopened, rating',
    ],
    [
      'channel < citizen',
      '11: unknown field "citizen" of work-orders; known: type, channel, neighbourhood, found, accepted, dispatched, handled, checked, closed, due, status, ownerUnit, leadUnit, supportingUnits, duplicateOf, invalid, reopened, rating',
    ],
    ['closed > 3', '1: ">" cannot join an instant and a number'],
    ['closed - accepted', '1: "-" cannot join an instant and an instant', { result: 'number' }],
    ['rating', '1: a condition is needed, this is a number'],
    ['invalid', '1: a number is needed, this is a condition', { result: 'number' }],
    [
      'not channel == citizen',
      '5: "not" stands before a code; put the comparison that "not" denies in parentheses',
    ],
    [
      'hours(accepted, rating)',
      '17: "rating" is no instant; hours is the time between two instants',
      { result: 'number' },
    ],
    ['hours(accepted, cutoff)', '17: hours takes the name of a field of work-orders', { result: 'number' }],
    ['hours(accepted)', '1: hours takes 2 fields, not 1', { result: 'number' }],
    ['has(closed, due)', '1: has takes 1 field, not 2'],
    ['has(3)', '5: has takes the name of a field of work-orders'],
    ['floor(rating) > 3', '1: unknown function "floor"'],
    ['rating ^ 2 > 3', '1: "^" is not part of record conditions'],
    [
      'invalid ? invalid : invalid',
      '1: "? :" is not part of record conditions; join conditions with "and", "or"',
    ],
    ['closed <= "2016"', '11: """: strings are not allowed'],
    [
      'constructor',
      '1: unknown field "constructor" of incidents; known: severity, class, started, detected, acknowledged, mitigated, resolved, impactUsers, impactMinutes, cause, actions',
      { kind: 'incidents' },
    ],
  ];
  for (const [text, fault, asked] of refusals) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(faultOf(text, asked), fault));
  }
});
