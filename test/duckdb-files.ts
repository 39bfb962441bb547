import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { type DataFile, InputError, type SqlSession } from '../collectors/contract.ts';
import { openSession } from '../collectors/ports/sql/session/open-session-client.ts';
import { rejectionOf } from './scratch-folder.ts';
import { testBounds } from './sql-tables.ts';

type Given = Partial<DataFile> & { readonly path: string };

/** A session on files; one that says no more is CSV under the name `data`. */
export const open = (...files: readonly Given[]): Promise<SqlSession> =>
  openSession(
    { driver: 'duckdb', files: files.map((file) => ({ name: 'data', format: 'csv', ...file })) },
    testBounds(),
  );

export async function rowsOf(...files: readonly Given[]) {
  const session = await open(...files);
  try {
    return await session.query('select * from data', testBounds());
  } finally {
    await session.close();
  }
}

/** Of opening or of reading, with the folder taken out. */
export async function faultOf(file: Given): Promise<string> {
  const error = await rejectionOf(rowsOf(file));
  assert.ok(error instanceof InputError, String(error.stack));
  assert.equal(error.cause, undefined);
  return error.message.replaceAll(file.path, basename(file.path));
}
