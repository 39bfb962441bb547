import assert from 'node:assert/strict';
import { InputError, UnavailableError } from '../../scoring/contract.ts';
import { problemOf } from './problems.ts';

describe('a problem', () => {
  it('is the asker’s where the input is wrong, and ours where the disk is full', () => {
    const status = (error: unknown) => [problemOf(error).status, problemOf(error).sentences];
    assert.deepEqual(status(new InputError('no such period')), [400, ['no such period']]);
    assert.deepEqual(status(new UnavailableError('the disk is full')), [503, ['the disk is full']]);
    assert.deepEqual(status(new TypeError('undefined has no length')), [500, []]);
  });
});
