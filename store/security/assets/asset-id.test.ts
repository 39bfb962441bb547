import assert from 'node:assert/strict';
import { assetIdOf } from './asset-id.ts';

describe('the id of an asset', () => {
  it('is the same for a host or address however scanners write it', () => {
    for (const written of ['web01.city.example', ' WEB01.City.Example. ', 'Web01.city.example'])
      assert.equal(assetIdOf(written), 'web01.city.example');
    assert.equal(assetIdOf('2001:DB8::7'), '2001:db8::7');
    assert.equal(assetIdOf('Portal:8443'), 'portal:8443');
    assert.equal(assetIdOf('.'), '.');
  });

  it('holds nothing that cannot be seen', () => {
    assert.equal(assetIdOf('\ufeffweb\u200b'), 'web');
    assert.equal(assetIdOf('\u202eweb\u2066 01\u2069'), 'web 01');
  });

  it('keeps the case of paths, images and repositories', () => {
    for (const id of ['/srv/App', 'registry.example/Portal:2.7', 'git@example:City/App', '政务 门户 A'])
      assert.equal(assetIdOf(`  ${id.replace(' ', '  ')}\t`), id);
  });

  it('holds nothing that the store cannot, and stays different when it is too long', () => {
    assert.equal(assetIdOf('a\0b\ud800'), 'ab\ufffd');
    const long = (end: string) => assetIdOf(`/srv/${'x'.repeat(2000)}${end}`);
    assert.equal(long('1').length, 400);
    assert.notEqual(long('1'), long('2'));
    assert.equal(long('1'), assetIdOf(long('1')));
  });
});
