import assert from 'node:assert/strict';
import { InputError } from '../../contract.ts';
import { placeOf, serverPlace } from './faults.ts';

describe('the place of a database', () => {
  it('is server and database, without user and password', () => {
    assert.equal(serverPlace('postgresql://reader:s3cr3t@10.0.0.7:5432/city'), '10.0.0.7:5432/city');
    assert.equal(serverPlace('mysql://reader:s3%40cr3t@db/city?ssl=true'), 'db/city');
  });

  it('is not told where an address is broken so that a part of the password stands in its place', () => {
    for (const url of [
      'reader:s3cr3t@tcp(10.0.0.7)/city',
      'mysql://reader:12/s3cr3t@db/city',
      'postgresql://reader:a@b/s3cr3t@db/city',
      'postgresql://reader:12?s3cr3t@db/city',
      'postgresql://reader:12#s3cr3t@db/city',
      'host=db password=s3cr3t',
    ]) {
      assert.equal(serverPlace(url), null, url);
      assert.throws(
        () => placeOf('mysql', url),
        (error: Error) => error instanceof InputError && !error.message.includes('s3cr3t'),
      );
    }
  });
});
