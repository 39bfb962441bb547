import assert from 'node:assert/strict';
import { imageOf } from './image-name.ts';

describe('the name of an image', () => {
  it('goes without tag and digest and keeps the port of its registry', () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    const parts = (reference: string) => Object.values(imageOf(reference));
    assert.deepEqual(parts('registry:5000/app:1.2'), ['registry:5000/app', '1.2']);
    assert.deepEqual(parts('registry:5000/app'), ['registry:5000/app', null]);
    assert.deepEqual(parts('app:1.2'), ['app', '1.2']);
    assert.deepEqual(parts('app'), ['app', null]);
    assert.deepEqual(parts(`city/app@${digest}`), ['city/app', digest]);
    assert.deepEqual(parts(`registry:5000/city/app:1.2@${digest}`), [
      'registry:5000/city/app',
      `1.2@${digest}`,
    ]);
    assert.deepEqual(parts('/srv/images/app.tar'), ['/srv/images/app.tar', null]);
  });
});
