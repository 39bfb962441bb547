import assert from 'node:assert/strict';
import { freshSubject, importRecords, record, type SuiteStore, subject } from './fixtures.ts';

export function describeSubjects(suite: SuiteStore): void {
  describe('subjects', () => {
    it('lists parents before children and siblings by id', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const added = await store.subjects.put([
        subject(`${city}/b/x`, `${city}/b`),
        subject(`${city}/b`, city),
        subject(`${city}/a`, city),
      ]);
      assert.deepEqual(added, { added: 3, changed: 0 });
      const ids = (await store.subjects.list()).map(({ id }) => id).filter((id) => id.startsWith(city));
      assert.deepEqual(ids, [city, `${city}/a`, `${city}/b`, `${city}/b/x`]);
    });

    it('gives a subject back as it was put, and null for one it does not know', async () => {
      const { store } = suite;
      const city = await freshSubject(store, 'America/New_York');
      const unit = subject(`${city}/pwd`, city, { name: { zh: '公共工程局', en: 'Public Works' } });
      await store.subjects.put([unit]);
      assert.deepEqual(await store.subjects.get(unit.id), unit);
      assert.equal(await store.subjects.get(`${city}/none`), null);
    });

    it('counts only what differs as changed', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const same = subject(city, null);
      assert.deepEqual(await store.subjects.put([same]), { added: 0, changed: 0 });
      const renamed = { ...same, name: { zh: '新名', en: 'Renamed' } };
      assert.deepEqual(await store.subjects.put([renamed]), { added: 0, changed: 1 });
      assert.deepEqual(await store.subjects.get(city), renamed);
    });

    it('refuses a bad id, an unknown zone, an unknown parent and a mixture of sample and real', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const refused = [
        [subject('Bad Id', null), /subject id "Bad Id" is not allowed/],
        [subject(`${city}/z`, city, { timeZone: 'Mars/Base' }), /unknown time zone "Mars\/Base"/],
        [subject(`${city}/p`, `${city}/gone`), /unknown parent/],
        [subject(`${city}/s`, city, { isSample: true }), /both be sample or both be real/],
      ] as const;
      for (const [bad, message] of refused) {
        await assert.rejects(store.subjects.put([bad]), { name: 'RangeError', message });
        assert.equal(await store.subjects.get(bad.id), null);
      }
    });

    it('refuses a cycle and leaves the tree as it was', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const [a, b] = [subject(`${city}/a`, city), subject(`${city}/b`, `${city}/a`)];
      await store.subjects.put([a, b]);
      await assert.rejects(store.subjects.put([{ ...a, parent: b.id }]), {
        name: 'RangeError',
        message: /would lie below itself/,
      });
      assert.deepEqual(await store.subjects.get(a.id), a);
    });

    it('refuses to move a subject with records to another tree', async () => {
      const { store } = suite;
      const [city, other] = [await freshSubject(store), await freshSubject(store)];
      const unit = subject(`${city}/unit`, city);
      await store.subjects.put([unit]);
      const accepted = '2015-02-03T04:05:06.789Z';
      await importRecords(store, unit.id, [record('work-orders', '7', { accepted }, { subject: unit.id })]);
      await assert.rejects(store.subjects.put([{ ...unit, parent: other }]), {
        name: 'RangeError',
        message: /has records and cannot be moved/,
      });
    });
  });
}
