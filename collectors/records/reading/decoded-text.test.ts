import assert from 'node:assert/strict';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { InputError, type Text } from '../../contract.ts';
import { type DecodeOptions, decodeText, type Encoding } from './decoded-text.ts';

const table = '编号,受理时间\n甲-1,2026-03-04T05:06:07\n';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decode(bytes: Uint8Array, options: { encoding?: Encoding; size?: number } = {}) {
  const notes: Text[] = [];
  const decoding: DecodeOptions = {
    name: 'f.csv',
    encoding: options.encoding,
    note: (note) => notes.push(note),
  };
  let text = '';
  for await (const piece of decodeText(inChunks(bytes, options.size ?? 7), decoding)) text += piece;
  return { text, notes: notes.map((note) => note.en) };
}

function faultOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => assert.fail('no fault'),
    (error: unknown) => (error instanceof InputError ? error.message : assert.fail(String(error))),
  );
}

describe('the decoding of text files', () => {
  it('reads UTF-8 with and without a byte order mark', async () => {
    assert.deepEqual(await decode(Buffer.from(table)), { text: table, notes: [] });
    assert.deepEqual(await decode(Buffer.from(`\uFEFF${table}`)), { text: table, notes: [] });
  });

  it('reads UTF-16 of both byte orders by their mark', async () => {
    const little = Buffer.from(`\uFEFF${table}`, 'utf16le');
    assert.equal((await decode(little)).text, table);
    assert.equal((await decode(Buffer.from(little).swap16())).text, table);
  });

  it('reads UTF-16 without a mark when the mapping names it, and says so when it does not', async () => {
    const bytes = Buffer.from('id,accepted\n1,2', 'utf16le');
    assert.equal((await decode(bytes, { encoding: 'utf-16le' })).text, 'id,accepted\n1,2');
    assert.match(await faultOf(decode(bytes)), /^f\.csv line 1: a NUL character; .*encoding: utf-16le/);
  });

  it('takes GB18030 for a file that is not UTF-8, and notes it', async () => {
    const bytes = iconv.encode(table, 'gb18030');
    const note = 'The file is not UTF-8; it was read as GB18030';
    assert.deepEqual(await decode(bytes), { text: table, notes: [note] });
    assert.deepEqual(await decode(bytes, { encoding: 'gb18030' }), { text: table, notes: [] });
  });

  it('decides at the first character beyond ASCII, even far into the file', async () => {
    const text = `id,type\n${'1,abcdefgh\n'.repeat(20_000)}2,路灯\n`;
    assert.equal((await decode(iconv.encode(text, 'gb18030'), { size: 50_000 })).text, text);
  });

  it('names the line of bytes that are in neither encoding', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,2\n3,'), Buffer.from([0xff, 0x41]), Buffer.from('\n')]);
    assert.equal(
      await faultOf(decode(bytes)),
      'f.csv line 3: bytes that are neither UTF-8 nor GB18030; save the file as UTF-8',
    );
  });

  it('does not change the encoding in the middle of a file', async () => {
    const head = Buffer.from(`类型\n${'路灯\n'.repeat(40_000)}`);
    const bytes = Buffer.concat([head, iconv.encode('井盖破损', 'gb18030')]);
    assert.match(
      await faultOf(decode(bytes, { size: 9_001 })),
      /^f\.csv line 40002: bytes that are not UTF-8/,
    );
  });

  it('refuses a character that is cut off at the end', async () => {
    assert.match(
      await faultOf(decode(Buffer.from('路灯').subarray(0, 5), { encoding: 'utf-8' })),
      /^f\.csv line 1: bytes that are not UTF-8/,
    );
  });

  it('gives the same text however the bytes are cut (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\0')),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('utf8' as const, 'utf16le' as const),
        async (text, size, encoding) => {
          const bytes = Buffer.from(`\uFEFF${text}`, encoding);
          assert.equal((await decode(bytes, { size })).text, text);
        },
      ),
    );
  });
});
