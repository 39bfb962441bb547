import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rejectionOf, scratchFolder } from '../../../test/scratch-folder.ts';
import { remoteWritePolicy } from './policy.ts';
import { QueueFolder } from './queue-folder.ts';
import { inspectQueue } from './queue-look-file.ts';
import { headerBytes } from './record.ts';

const record = (name: string, samples = 3, bytes = 40) => ({
  payload: Buffer.alloc(bytes, name),
  samples,
  queuedAt: 1_700_000_000_000 + name.charCodeAt(0),
});

describe('the queue of remote write on disk', () => {
  const scratch = scratchFolder();
  let count = 0;
  const newFolder = () => join(scratch.path, `queue-${count++}`);
  const open = (folder: string, maxBytes = 1_000_000, policy = {}) =>
    QueueFolder.open(folder, { maxBytes, policy: { ...remoteWritePolicy, ...policy } });
  const namesOf = (batch: { records: readonly { payload: Uint8Array }[] } | null) =>
    batch?.records.map(({ payload }) => String.fromCharCode(payload[0] ?? 0)).join('') ?? null;

  it('gives records back in order, as many as make up a batch, and each once', async () => {
    const queue = await open(newFolder());
    for (const name of 'abcde') await queue.append(record(name));
    const batches: (string | null)[] = [];
    for (let batch = await queue.take(7); batch; batch = await queue.take(7)) {
      batches.push(namesOf(batch));
      await queue.settle();
    }
    assert.deepEqual(batches, ['ab', 'cd', 'e']);
    assert.deepEqual([queue.state().samples, queue.state().oldestQueuedAt], [0, null]);
    await queue.close();
  });

  it('gives a record alone that is larger than a batch may be', async () => {
    const queue = await open(newFolder());
    await queue.append(record('a', 50));
    assert.equal(namesOf(await queue.take(7)), 'a');
    await queue.close();
  });

  it('goes on after a restart with what was not settled', async () => {
    const folder = newFolder();
    const before = await open(folder);
    for (const name of 'abc') await before.append(record(name));
    await before.take(3);
    await before.settle();
    await before.take(3);
    // Killed here: nothing is closed, nothing is settled.
    const after = await open(folder);
    assert.deepEqual([after.state().samples, after.state().oldestQueuedAt], [6, 1_700_000_000_098]);
    await after.append(record('d'));
    assert.equal(namesOf(await after.take(100)), 'bcd');
    await after.settle();
    await after.close();
    await before.close();
    assert.equal((await open(folder)).state().samples, 0);
  });

  for (const [what, keep] of [
    ['its header', headerBytes - 5],
    ['its payload', headerBytes + 13],
  ] as const) {
    it(`cuts off a last record that was torn inside ${what}, and keeps the others`, async () => {
      const folder = newFolder();
      const before = await open(folder);
      for (const name of 'abc') await before.append(record(name));
      await before.close();
      truncateSync(join(folder, '000000000001.segment'), 2 * (headerBytes + 40) + keep);
      const after = await open(folder);
      assert.equal(after.state().unreadableBytes, keep);
      await after.append(record('d'));
      assert.equal(namesOf(await after.take(100)), 'abd');
      await after.close();
    });
  }

  it('takes nothing from a damaged record on, and says how much that is', async () => {
    const folder = newFolder();
    const before = await open(folder);
    for (const name of 'abc') await before.append(record(name));
    await before.close();
    const path = join(folder, '000000000001.segment');
    const bytes = readFileSync(path);
    bytes[headerBytes + 40 + headerBytes + 7] = 0;
    writeFileSync(path, bytes);
    const after = await open(folder);
    assert.equal(namesOf(await after.take(100)), 'a');
    assert.equal(after.state().unreadableBytes, 2 * (headerBytes + 40));
    await after.close();
  });

  it('starts from the beginning when its position cannot be read', async () => {
    const folder = newFolder();
    const before = await open(folder);
    for (const name of 'ab') await before.append(record(name));
    await before.take(3);
    await before.settle();
    await before.close();
    writeFileSync(join(folder, 'position.json'), '{"segm');
    const after = await open(folder);
    assert.equal(namesOf(await after.take(100)), 'ab');
    await after.close();
  });

  it('drops the oldest segment beyond its bound, and counts its samples', async () => {
    const folder = newFolder();
    // A bound of 16 records of 100 bytes makes segments of one record.
    const queue = await open(folder, 1600);
    const names = 'abcdefghijklmnopqrst';
    for (const name of names) await queue.append(record(name, 3, 80));
    assert.deepEqual(
      [queue.state().bytes, queue.state().droppedSamples, queue.state().samples],
      [1600, 12, 48],
    );
    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.segment')).length, 16);
    assert.equal(namesOf(await queue.take(1000)), names.slice(4));
    await queue.close();
  });

  it('does not count a batch under way as dropped when its segment goes', async () => {
    const queue = await open(newFolder(), 1600);
    await queue.append(record('a', 3, 80));
    assert.equal(namesOf(await queue.take(3)), 'a');
    for (const name of 'bcdefghijklmnopqr') await queue.append(record(name, 3, 80));
    assert.equal(queue.state().droppedSamples, 3);
    await queue.settle();
    assert.equal(namesOf(await queue.take(1000)), 'cdefghijklmnopqr');
    await queue.close();
  });

  it('frees the disk of what was sent, but for the segment that is being written', async () => {
    const folder = newFolder();
    const queue = await open(folder, 1600);
    for (const name of 'abcd') await queue.append(record(name, 3, 80));
    await queue.take(1000);
    await queue.settle();
    await queue.append(record('e', 3, 80));
    assert.deepEqual([queue.state().bytes, queue.state().samples], [200, 3]);
    await queue.close();
  });

  it('keeps in memory what a full disk refuses, within its bound, in order, and writes it once it can', async () => {
    const folder = newFolder();
    const queue = await open(folder, 1_000_000, { memoryBytes: 200 });
    // Writing to /dev/full fails as a full disk does: with ENOSPC.
    for (const id of '123') symlinkSync('/dev/full', join(folder, `00000000000${id}.segment`));
    for (const name of 'abc') {
      assert.match((await rejectionOf(queue.append(record(name, 3, 80)))).message, /ENOSPC/);
    }
    assert.deepEqual([queue.state().bytes, queue.state().samples, queue.state().droppedSamples], [0, 6, 3]);
    assert.equal(namesOf(await queue.take(3)), 'b');
    await queue.settle();
    await queue.append(record('d', 3, 80));
    assert.deepEqual([queue.state().bytes, queue.state().samples], [200, 6]);
    assert.equal(namesOf(await queue.take(100)), 'cd');
    await queue.close();
  });

  it('belongs to one process at a time, and to the next when that one was killed', async () => {
    const folder = newFolder();
    const queue = await open(folder);
    await queue.close();
    writeFileSync(join(folder, 'lock'), '1');
    assert.match(
      (await rejectionOf(open(folder))).message,
      /is used by process 1: stop it, or name another folder/,
    );
    writeFileSync(join(folder, 'lock'), '999999999');
    await (await open(folder)).close();
  });

  it('can be looked at by another process without being touched', async () => {
    const folder = newFolder();
    const queue = await open(folder);
    for (const name of 'abc') await queue.append(record(name));
    await queue.take(3);
    await queue.settle();
    appendFileSync(join(folder, '000000000001.segment'), 'torn');
    assert.deepEqual(await inspectQueue(folder), { bytes: 180, samples: 6 });
    assert.equal(await inspectQueue(newFolder()), null);
    await queue.close();
  });
});
