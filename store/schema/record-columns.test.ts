import assert from 'node:assert/strict';
import { recordKindSpecs, recordKinds } from '../../collectors/contract.ts';
import { commonColumns, recordColumns, requireColumn, sqlTypes } from './record-columns.ts';
import { recordTables } from './tables.ts';

/** As created by migration 0001-evidence; `reopened` and `alarm` of security events by 0004-security. */
const layout = {
  'work-orders':
    'type text, channel text, neighbourhood text, found timestamptz, accepted timestamptz, dispatched timestamptz, ' +
    'handled timestamptz, checked timestamptz, closed timestamptz, due timestamptz, status text, owner_unit text, ' +
    'lead_unit text, supporting_units jsonb, duplicate_of text, invalid boolean, reopened bigint, ' +
    'rating double precision',
  requirements:
    'title text, unit text, raised timestamptz, answered timestamptz, feasible boolean, coordinated timestamptz, ' +
    'designed timestamptz, approved timestamptz, delivered timestamptz, accepted timestamptz, ' +
    'answer_due timestamptz, design_due timestamptz, approval_due timestamptz, delivery_due timestamptz, ' +
    'in_use boolean, fit boolean',
  incidents:
    'severity text, class text, started timestamptz, detected timestamptz, acknowledged timestamptz, ' +
    'mitigated timestamptz, resolved timestamptz, impact_users bigint, impact_minutes double precision, ' +
    'cause text, actions jsonb',
  'security-events':
    'class text, severity text, found timestamptz, contained timestamptz, closed timestamptz, due timestamptz, ' +
    'reopened bigint, alarm text',
  surveys:
    'questionnaire text, question text, respondent_kind text, score double precision, scale double precision, ' +
    'answered timestamptz',
  entries:
    'indicator text, period text, value double precision, numerator double precision, ' +
    'denominator double precision, evidence text, submitted_by text, verified_by text',
};

describe('columns of the record tables', () => {
  it('are those that the migrations made: a changed record kind needs a migration of its own', () => {
    const derived = recordKinds.map((kind) => [
      kind,
      recordColumns(kind)
        .map(({ column, type }) => `${column} ${sqlTypes[type]}`)
        .join(', '),
    ]);
    assert.deepEqual(Object.fromEntries(derived), layout);
  });

  it('never collide with the common ones, and each kind has its table', () => {
    for (const kind of recordKinds) {
      const columns = recordColumns(kind).map(({ column }) => column);
      assert.deepEqual(
        columns.filter((column) => column in commonColumns || column === 'position'),
        [],
      );
      assert.equal(new Set(columns).size, columns.length);
      assert.equal(recordTables[kind], recordKindSpecs[kind].table);
    }
  });

  it('refuse a field that the kind does not have, inherited names included', () => {
    for (const name of ['nothing', 'constructor', 'toString', 'subject_id', 'owner_unit']) {
      assert.throws(() => requireColumn('work-orders', name), RangeError);
    }
    assert.equal(requireColumn('work-orders', 'ownerUnit').column, 'owner_unit');
  });
});
