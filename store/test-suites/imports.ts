import assert from 'node:assert/strict';
import { InputError, type RecordKind, recordKinds, type StoredRecord } from '../../collectors/contract.ts';
import type { ImportCounts } from '../contract.ts';
import { truth } from './expressions.ts';
import {
  during,
  freshSubject,
  importedAt,
  importRecords,
  leaf,
  record,
  recordsMeasure,
  type SuiteStore,
  subject,
} from './fixtures.ts';

const none: ImportCounts = {
  new: 0,
  changed: 0,
  unchanged: 0,
  faulty: 0,
  duplicates: [],
  repeated: 0,
  newSubjects: 0,
};

function orders(city: string, count: number, type = 'Pothole'): StoredRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const accepted = new Date(Date.UTC(2015, 0, 5, 0, index)).toISOString();
    return record('work-orders', `n${index}`, { accepted, type }, { subject: city, line: index + 2 });
  });
}

export function describeImports(suite: SuiteStore): void {
  /** The stored records of 2015 as the sample of evidence shows them. */
  async function storedRecords(city: string): Promise<StoredRecord[]> {
    const measure = recordsMeasure({ where: truth, population: 'withFaulty' });
    const request = { ...during(city, '2015'), leaf: leaf('X.1', measure), limit: 10_000 };
    return (await suite.store.evidence.sample(request)).map((row) => row.record);
  }

  describe('imports', () => {
    it('stores new records of more than one batch and gives each back as it came', async () => {
      const city = await freshSubject(suite.store);
      const records = orders(city, 4321);
      assert.deepEqual(await importRecords(suite.store, city, records), { ...none, new: 4321 });
      assert.deepEqual(await storedRecords(city), records);
    });

    it('keeps every type of field exactly, with quotes, commas, braces, line ends and Chinese', async () => {
      const city = await freshSubject(suite.store);
      const fields = {
        type: 'a "quoted", {braced} \\ back\\slash\n换行\tNULL',
        neighbourhood: 'NULL',
        leadUnit: '',
        channel: 'citizen',
        accepted: '2015-02-03T04:05:06.789Z',
        supportingUnits: ['水务局', 'a,"b"', ''],
        invalid: false,
        reopened: 9_007_199_254_740_991,
        rating: 0.1 + 0.2,
      };
      const kept = record('work-orders', "id'; drop table subjects; --", fields, { subject: city, line: 17 });
      await importRecords(suite.store, city, [kept]);
      assert.deepEqual(await storedRecords(city), [kept]);
    });

    it('says unchanged on a second import of the same records and writes none of them', async () => {
      const city = await freshSubject(suite.store);
      const records = orders(city, 5);
      await importRecords(suite.store, city, records, { fileName: 'first.csv' });
      const again = records.map((each) => ({ ...each, line: each.line + 40 }));
      const counts = await importRecords(suite.store, city, again, { fileName: 'second.csv' });
      assert.deepEqual(counts, { ...none, unchanged: 5 });
      assert.deepEqual(await storedRecords(city), records);
      const summaries = (await suite.store.imports.list(city)).map(({ id, ...summary }) => summary);
      const common = { kind: 'work-orders', subject: city, sha256: 'f00d', importedAt, read: 5 };
      assert.deepEqual(summaries, [
        { ...common, fileName: 'second.csv', new: 0, changed: 0, unchanged: 5, faulty: 0, rejected: 0 },
        { ...common, fileName: 'first.csv', new: 5, changed: 0, unchanged: 0, faulty: 0, rejected: 0 },
      ]);
    });

    it('counts new, changed, unchanged and faulty apart', async () => {
      const city = await freshSubject(suite.store);
      const [a, b, c] = orders(city, 3) as [StoredRecord, StoredRecord, StoredRecord];
      await importRecords(suite.store, city, [a, b]);
      const changed = { ...b, fault: 'closed before accepted' };
      assert.deepEqual(await importRecords(suite.store, city, [a, changed, c]), {
        ...none,
        new: 1,
        changed: 1,
        unchanged: 1,
        faulty: 1,
      });
      assert.deepEqual(await storedRecords(city), [a, changed, c]);
    });

    it('rejects a later line with the same id and other content, and counts an exact repeat', async () => {
      const city = await freshSubject(suite.store);
      const [a, b] = orders(city, 2) as [StoredRecord, StoredRecord];
      const other = { ...a, line: 9, fields: { ...a.fields, type: 'Graffiti' } };
      const counts = await importRecords(suite.store, city, [a, b, { ...a, line: 8 }, other]);
      assert.deepEqual(counts, {
        ...none,
        new: 2,
        repeated: 1,
        duplicates: [{ id: 'n0', line: 9, firstLine: 2 }],
      });
      assert.deepEqual(await storedRecords(city), [a, b]);
      assert.equal((await suite.store.imports.list(city))[0]?.rejected, 1);
    });

    it('previews exactly what the commit then does, doing nothing itself', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const records = orders(city, 3).map((each) => ({ ...each, subject: `${city}/unit` }));
      const request = { kind: 'work-orders', subject: city, fileName: 'p.csv', importedAt } as const;
      const session = await store.imports.begin({ ...request, mappingSha256: null, covers: null });
      await session.stageSubjects([subject(`${city}/unit`, city)]);
      await session.stage(records);
      const expected = { ...none, new: 3, newSubjects: 1 };
      assert.deepEqual(await session.preview(), expected);
      assert.deepEqual(await session.preview(), expected);
      assert.equal(await store.subjects.get(`${city}/unit`), null);
      assert.deepEqual(await store.imports.list(city), []);
      assert.deepEqual(await session.commit({ sha256: 'aa', read: 3, rejected: 0 }), expected);
      assert.deepEqual(await storedRecords(city), records);
      assert.deepEqual(await store.subjects.get(`${city}/unit`), subject(`${city}/unit`, city));
    });

    it('hides staged rows from readers and forgets them when aborted', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const request = { kind: 'work-orders', subject: city, fileName: 'a.csv', importedAt } as const;
      const session = await store.imports.begin({ ...request, mappingSha256: null, covers: null });
      await session.stage(orders(city, 2500));
      assert.deepEqual(await storedRecords(city), []);
      await session.abort();
      await session.abort();
      await assert.rejects(session.stage(orders(city, 1)), InputError);
      assert.deepEqual(await storedRecords(city), []);
      assert.deepEqual(await store.imports.list(city), []);
    });

    it('runs two imports side by side without mixing their rows', async () => {
      const { store } = suite;
      const [one, two] = [await freshSubject(store), await freshSubject(store)];
      const common = { kind: 'work-orders', fileName: 's.csv', importedAt, mappingSha256: null } as const;
      const first = await store.imports.begin({ ...common, subject: one, covers: null });
      const second = await store.imports.begin({ ...common, subject: two, covers: null });
      await first.stage(orders(one, 3));
      await second.stage(orders(two, 4));
      await first.stage(orders(one, 5).slice(3));
      assert.equal((await first.commit({ sha256: 'a1', read: 5, rejected: 0 })).new, 5);
      assert.equal((await second.commit({ sha256: 'b2', read: 4, rejected: 0 })).new, 4);
    });

    it('lets one of two simultaneous commits of the same file find the other, and loses nothing', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const records = orders(city, 3000);
      const both = await Promise.all([
        importRecords(store, city, records),
        importRecords(store, city, records),
      ]);
      const sorted = both.map((counts) => [counts.new, counts.unchanged]).sort();
      assert.deepEqual(sorted, [
        [0, 3000],
        [3000, 0],
      ]);
      assert.equal((await storedRecords(city)).length, 3000);
    });

    it('answers readers while rows are being staged', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      await importRecords(store, city, orders(city, 3));
      const request = { kind: 'work-orders', subject: city, fileName: 'r.csv', importedAt } as const;
      const session = await store.imports.begin({ ...request, mappingSha256: null, covers: null });
      const finished: string[] = [];
      const staging = session.stage(orders(city, 40_000)).then(() => finished.push('staged'));
      const reading = storedRecords(city).then((rows) => finished.push(`read ${rows.length}`));
      await Promise.all([staging, reading]);
      await session.abort();
      assert.deepEqual(finished, ['read 3', 'staged']);
    });

    it('refuses a record of a subject outside the tree and stores nothing of the file', async () => {
      const { store } = suite;
      const [city, stranger] = [await freshSubject(store), await freshSubject(store)];
      const [good] = orders(city, 1) as [StoredRecord];
      const bad = { ...good, id: 'x', subject: stranger, line: 3 };
      await assert.rejects(importRecords(store, city, [good, bad]), {
        name: 'InputError',
        message: new RegExp(`orders.csv, line 3: subject "${stranger}" is not "${city}" and not below it`),
      });
      assert.deepEqual(await storedRecords(city), []);
      assert.deepEqual(await store.imports.list(city), []);
    });

    it('refuses an import for a subject that does not exist', async () => {
      await assert.rejects(importRecords(suite.store, 'nowhere', []), {
        name: 'InputError',
        message: /subject "nowhere" does not exist/,
      });
    });

    it('names the lines of a value that no column can hold, and stores nothing', async () => {
      const city = await freshSubject(suite.store);
      const [good] = orders(city, 1) as [StoredRecord];
      const bad = { ...good, id: 'x', line: 3, fields: { ...good.fields, type: 'a\u0000b' } };
      await assert.rejects(importRecords(suite.store, city, [good, bad]), {
        name: 'InputError',
        message: /orders.csv, lines 2 to 3: a value cannot be stored/,
      });
      assert.deepEqual(await storedRecords(city), []);
    });

    it('keeps one id apart under two roots, and as one within a tree', async () => {
      const { store } = suite;
      const [one, two] = [await freshSubject(store), await freshSubject(store)];
      const unit = subject(`${one}/unit`, one);
      assert.equal((await importRecords(store, one, orders(one, 1))).new, 1);
      assert.equal((await importRecords(store, two, orders(two, 1))).new, 1);
      const moved = orders(unit.id, 1);
      assert.equal((await importRecords(store, one, moved, { subjects: [unit] })).changed, 1);
      assert.deepEqual(await storedRecords(one), moved);
    });

    it('takes records of every kind', async () => {
      const { store } = suite;
      const city = await freshSubject(store);
      const fields: Record<RecordKind, Record<string, string>> = {
        'work-orders': {},
        requirements: { title: 't' },
        incidents: { severity: 'major' },
        'security-events': { class: 'C2' },
        surveys: { respondentKind: 'user' },
        entries: { indicator: 'S1.T1', period: '2015-Q1' },
      };
      const before = (await store.describe()).recordCounts;
      for (const kind of recordKinds) {
        const one = record(kind, 'k1', fields[kind], { subject: city });
        assert.deepEqual(await importRecords(store, city, [one], { kind }), { ...none, new: 1 });
        assert.deepEqual(await importRecords(store, city, [one], { kind }), { ...none, unchanged: 1 });
      }
      const after = (await store.describe()).recordCounts;
      assert.deepEqual(after, Object.fromEntries(recordKinds.map((kind) => [kind, before[kind] + 1])));
    });
  });
}
