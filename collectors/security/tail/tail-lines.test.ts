import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import type { FilePort } from '../../contract.ts';
import { filesFrom } from '../../ports/settings-file.ts';
import { FollowedFile } from './followed-file.ts';
import { TailLines } from './tail-lines.ts';

describe('followed log', () => {
  const scratch = scratchFolder();
  let count = 0;

  /** A log in a folder of its own with lines `<name> <number>`, and a reader of it. */
  function follow(files: (real: FilePort) => FilePort = (real) => real) {
    count += 1;
    const prefix = `${count}-eve.json`;
    const path = join(scratch.path, prefix);
    const followed = new FollowedFile(files(filesFrom(scratch.path)), path);
    const lines = new TailLines(followed, 200);
    const limits = {
      maxBytes: 1e6,
      pieceBytes: 64,
      since: '2020-01-01T00:00:00Z',
      signal: new AbortController().signal,
    };
    const read = async (over: Partial<typeof limits> = {}) => {
      const all: (string | null)[] = [];
      await lines.read({ ...limits, ...over }, ({ text }) => all.push(text));
      return all.map((text) => (text === null ? null : text.trimEnd()));
    };
    return { path, followed, read };
  }
  const line = (text: string) => `${text.padEnd(80, ' ')}\n`;
  const older = (path: string) => utimesSync(path, 1_700_000_000, 1_700_000_000);

  it('gives each line once, and the last when it has ended', async () => {
    const { path, read } = follow();
    writeFileSync(path, `${line('a')}${line('b')}c`);
    assert.deepEqual(await read(), ['a', 'b']);
    assert.deepEqual(await read(), []);
    appendFileSync(path, line(''));
    assert.deepEqual(await read(), ['c']);
  });

  it('goes on in the renamed file to its end, and then in the new one from its beginning', async () => {
    const { path, read, followed } = follow();
    writeFileSync(path, line('a'));
    assert.deepEqual(await read(), ['a']);
    appendFileSync(path, `${line('b')}unfinished`);
    renameSync(path, `${path}.1`);
    writeFileSync(path, line('c'));
    assert.deepEqual(await read(), ['b', 'unfinished', 'c']);
    assert.equal(followed.lostFiles, 0);
  });

  it('stays with the renamed file until the writer has begun the new one', async () => {
    const { path, read } = follow();
    writeFileSync(path, line('a'));
    await read();
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, line('b'));
    assert.deepEqual(await read(), ['b'], 'there is no new file yet');
    writeFileSync(path, '');
    appendFileSync(`${path}.1`, line('c'));
    assert.deepEqual(await read(), ['c'], 'the new file is empty yet');
    appendFileSync(`${path}.1`, line('d'));
    appendFileSync(path, line('e'));
    assert.deepEqual(await read(), ['d', 'e']);
  });

  it('reads all files when the log was rotated several times between two runs', async () => {
    const { path, read } = follow();
    writeFileSync(`${path}.1`, line('long ago'));
    older(`${path}.1`);
    writeFileSync(path, line('a'));
    assert.deepEqual(await read({ since: '2025-01-01T00:00:00Z' }), ['a']);
    appendFileSync(path, line('b'));
    renameSync(`${path}.1`, `${path}.3`);
    renameSync(path, `${path}.2`);
    utimesSync(`${path}.2`, 1_800_000_000, 1_800_000_000);
    writeFileSync(`${path}.1`, line('c'));
    utimesSync(`${path}.1`, 1_800_000_060, 1_800_000_060);
    writeFileSync(path, line('d'));
    assert.deepEqual(await read(), ['b', 'c', 'd']);
  });

  it('finds what was copied away before the file was cut, also when it has grown beyond again', async () => {
    for (const lines of [1, 9]) {
      const { path, read, followed } = follow();
      writeFileSync(path, line('a') + line('b'));
      assert.deepEqual(await read(), ['a', 'b']);
      appendFileSync(path, line('c'));
      copyFileSync(path, `${path}.1`);
      truncateSync(path, 0);
      const fresh = Array.from({ length: lines }, (_, i) => `d${i}`);
      appendFileSync(path, fresh.map(line).join(''));
      assert.deepEqual(await read(), ['c', ...fresh]);
      assert.equal(followed.lostFiles, 0);
    }
  });

  it('begins a cut or replaced file anew and says that its end was lost', async () => {
    const { path, read, followed } = follow();
    writeFileSync(path, line('a') + line('b'));
    await read();
    writeFileSync(path, line('c'));
    assert.deepEqual(await read(), ['c']);
    assert.equal(followed.lostFiles, 1);
    rmSync(path);
    writeFileSync(`${path}.1.gz`, 'compressed at once');
    writeFileSync(path, line('d') + line('e'));
    assert.deepEqual(await read(), ['d', 'e']);
    assert.equal(followed.lostFiles, 2);
  });

  it('reads the old file to its end when it is rotated while it is read', async () => {
    let rotate = () => {};
    const { path, read } = follow((real) => ({
      ...real,
      stream: (file, range) => {
        if ((range.offset ?? 0) >= 128) rotate();
        return real.stream(file, range);
      },
    }));
    const all = ['a', 'b', 'c', 'd', 'e'];
    writeFileSync(path, all.map(line).join(''));
    rotate = () => {
      rotate = () => {};
      renameSync(path, `${path}.1`);
      writeFileSync(path, ['f', 'g', 'h', 'i'].map(line).join(''));
    };
    assert.deepEqual(await read(), [...all, 'f', 'g', 'h', 'i']);
  });

  it('begins anew when it is cut while it is read, without mixing old and new', async () => {
    let cut = () => {};
    const { path, read } = follow((real) => ({
      ...real,
      async *stream(file, range) {
        if ((range.offset ?? 0) >= 128) cut();
        yield* real.stream(file, range);
      },
    }));
    writeFileSync(path, ['a', 'b', 'c', 'd'].map(line).join(''));
    cut = () => {
      cut = () => {};
      copyFileSync(path, `${path}.1`);
      writeFileSync(path, line('e'));
    };
    assert.deepEqual(await read(), ['a', 'b', 'c', 'd', 'e']);
  });

  it('reads the last bytes at a start, from the first whole line, and rotated files of the day too', async () => {
    const { path, read, followed } = follow();
    writeFileSync(`${path}.2`, line('long ago'));
    older(`${path}.2`);
    writeFileSync(`${path}.1`, line('a') + line('b'));
    writeFileSync(path, line('c'));
    assert.deepEqual(await read({ maxBytes: 200, since: '2025-01-01T00:00:00Z' }), ['b', 'c']);
    assert.equal(followed.leftOutBytes, 43);
  });

  it('reads so many bytes in a run, and the rest in the next', async () => {
    const { path, read } = follow();
    writeFileSync(path, line('a'));
    await read();
    appendFileSync(path, ['b', 'c', 'd'].map(line).join(''));
    renameSync(path, `${path}.1`);
    writeFileSync(path, line('e'));
    assert.deepEqual(await read({ maxBytes: 100 }), ['b']);
    assert.deepEqual(await read({ maxBytes: 100 }), ['c']);
    assert.deepEqual(await read({ maxBytes: 200 }), ['d', 'e']);
  });

  it('passes over a line beyond the bound and replaces bytes that are not UTF-8', async () => {
    const { path, read } = follow();
    writeFileSync(path, `${'x'.repeat(500)}\n`);
    appendFileSync(path, Buffer.from([0x61, 0xff, 0x62, 0x0a]));
    assert.deepEqual(await read(), [null, 'a\ufffdb']);
  });

  it('says why there is no log', async () => {
    const { path, read } = follow();
    await assert.rejects(read(), {
      name: 'InputError',
      message: new RegExp(`^${path}: there is no such file`),
    });
    writeFileSync(path, line('a'));
    assert.deepEqual(await read(), ['a']);
    rmSync(path);
    await assert.rejects(read(), { name: 'InputError', message: /there is no such file/ });
  });
});
