import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Subject, subjectIdPattern } from '../../contract.ts';
import { SubSubjects, slugOf } from './subject-slugs.ts';

const root: Subject = {
  id: 'boston',
  name: { zh: '波士顿', en: 'Boston' },
  kind: 'city',
  parent: null,
  timeZone: 'America/New_York',
  isSample: false,
};
const rule = { column: 'SUBJECT', as: 'name', kind: 'department', ids: {}, names: {} } as const;

describe('the ids of sub-subjects', () => {
  it('read like their Latin names', () => {
    assert.equal(slugOf('Parks & Recreation Department'), 'parks-and-recreation-department');
    assert.equal(slugOf("Mayor's 24 Hour Hotline"), 'mayors-24-hour-hotline');
    assert.equal(slugOf('Transportation - Traffic Division'), 'transportation-traffic-division');
  });

  it('end in digits of a hash where letters had to be dropped', () => {
    assert.equal(slugOf('城市管理局'), 'u-7b5010e4');
    assert.notEqual(slugOf('城市管理局'), slugOf('城市管理处'));
    assert.match(slugOf('12345热线办'), /^12345-[0-9a-f]{8}$/);
    assert.match(slugOf('Université de 北京'), /^universite-de-[0-9a-f]{8}$/);
  });

  it('are valid and depend on the name alone (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }), (name) => {
        assert.match(`boston/${slugOf(name)}`, subjectIdPattern);
        assert.equal(slugOf(name), slugOf(name));
      }),
    );
  });

  it('are one for names that differ in case and spaces only, and the subject is met once', () => {
    const subjects = new SubSubjects(root, rule);
    assert.equal(subjects.idOf('Public Works'), 'boston/public-works');
    assert.equal(subjects.idOf('PUBLIC  works'), 'boston/public-works');
    assert.deepEqual(subjects.takeFresh(), [
      {
        id: 'boston/public-works',
        name: { zh: 'Public Works', en: 'Public Works' },
        kind: 'department',
        parent: 'boston',
        timeZone: 'America/New_York',
        isSample: false,
      },
    ]);
    assert.deepEqual(subjects.takeFresh(), []);
  });

  it('never join two names silently', () => {
    const subjects = new SubSubjects(root, rule);
    subjects.idOf('Parks & Recreation');
    assert.throws(() => subjects.idOf('Parks and Recreation'), {
      name: 'InputError',
      message:
        'column "SUBJECT": "Parks and Recreation" and "parks & recreation" both lead to the subject boston/parks-and-recreation; give each an id under subject.ids of the mapping',
    });
  });

  it('are not made without end from a column that is not one of units', () => {
    const subjects = new SubSubjects(root, rule);
    for (let i = 0; i < 10_000; i += 1) subjects.idOf(`case ${i}`);
    assert.throws(
      () => subjects.idOf('case 10000'),
      /column "SUBJECT" holds more than 10000 different names/,
    );
  });

  it('and names are as the mapping gives them', () => {
    const subjects = new SubSubjects(root, {
      ...rule,
      prefix: 'dept',
      ids: { 城管局: 'chengguan' },
      names: { 城管局: { zh: '城市管理局', en: 'City Management Bureau' } },
    });
    assert.equal(subjects.idOf('城管局'), 'boston/dept-chengguan');
    assert.deepEqual(subjects.takeFresh()[0]?.name, { zh: '城市管理局', en: 'City Management Bureau' });
  });
});
