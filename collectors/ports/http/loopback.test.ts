import assert from 'node:assert/strict';
import { isLoopback } from './loopback.ts';

describe('what is this machine alone', () => {
  it('is every address of loopback and the name localhost', () => {
    const own = [
      'localhost',
      'LOCALHOST',
      'app.localhost',
      '127.0.0.1',
      '127.9.9.9',
      '::1',
      '[::1]',
      '::ffff:127.0.0.1',
    ];
    assert.deepEqual(
      own.filter((host) => !isLoopback(host)),
      [],
    );
    const others = [
      '',
      '0.0.0.0',
      '::',
      '10.0.0.1',
      'localhost.example',
      '127.0.0.1.example',
      '::ffff:10.0.0.1',
    ];
    assert.deepEqual(others.filter(isLoopback), []);
  });
});
