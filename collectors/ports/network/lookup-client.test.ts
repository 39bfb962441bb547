import assert from 'node:assert/strict';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { sharedLookup } from './lookup-client.ts';

function look(
  host: string,
  options: LookupOptions,
): Promise<readonly [string | null, string | LookupAddress[]]> {
  return new Promise((resolve) => {
    sharedLookup(host, options, (error, address) => resolve([error?.code ?? null, address]));
  });
}

describe('looking names up', () => {
  it('gives one address or all, as asked', async () => {
    assert.deepEqual(await look('localhost', { family: 4 }), [null, '127.0.0.1']);
    const [, all] = await look('localhost', { family: 4, all: true });
    assert.ok(
      Array.isArray(all) && all.some(({ address, family }) => address === '127.0.0.1' && family === 4),
    );
  });

  it('answers all who ask at the same time, and asks anew afterwards', async () => {
    const names = Array(50).fill('nobody.invalid');
    const answers = await Promise.all(names.map((name) => look(name, { all: true })));
    assert.deepEqual(new Set(answers.map(([code]) => code)).size, 1);
    assert.match(answers[0]?.[0] ?? '', /^(?:ENOTFOUND|EAI_AGAIN)$/);
    assert.deepEqual(await look('localhost', { family: 4 }), [null, '127.0.0.1']);
  });
});
