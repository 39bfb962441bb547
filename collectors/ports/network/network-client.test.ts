import assert from 'node:assert/strict';
import { startGreeter } from '../../../test/mischief-server.ts';
import { type NameServer, startNameServer } from '../../../test/name-server.ts';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { type DialogueStep, NetworkFault, type NetworkPort } from '../../contract.ts';
import { networkClient } from './network-client.ts';

const { signal } = new AbortController();

async function faultOf(promise: Promise<unknown>): Promise<NetworkFault> {
  const error = await rejectionOf(promise);
  assert.ok(error instanceof NetworkFault, error.stack);
  return error;
}

describe('connecting by TCP', () => {
  let greeter: Awaited<ReturnType<typeof startGreeter>>;
  before(async () => {
    greeter = await startGreeter();
  });
  after(() => greeter.stop());

  const talk = (dialogue: readonly DialogueStep[], timeoutMilliseconds = 2000) =>
    networkClient.connect({ host: '127.0.0.1', port: greeter.port, timeoutMilliseconds, dialogue, signal });

  it('is enough without a dialogue', async () => {
    const { received, remoteAddress, phases } = await talk([]);
    assert.deepEqual([received, remoteAddress], ['', `127.0.0.1:${greeter.port}`]);
    assert.deepEqual(Object.keys(phases), ['connect']);
  });

  it('talks step by step', async () => {
    const { received } = await talk([
      { expect: (text) => text.startsWith('220 '), send: 'PING\r\n' },
      { expect: (text) => text === 'PONG\r\n' },
    ]);
    assert.equal(received, '220 city mail\r\nPONG\r\n');
  });

  it('says what it heard when the other end hangs up', async () => {
    const fault = await faultOf(talk([{ send: 'HELO\r\n' }, { expect: (text) => text.includes('250') }]));
    assert.equal(fault.kind, 'protocol');
    assert.match(
      fault.message,
      /before the dialogue was over, having said "220 city mail\\r\\n500 what\?\\r\\n"/,
    );
  });

  it('waits no longer than it may', async () => {
    const fault = await faultOf(talk([{ expect: (text) => text.includes('never') }], 100));
    assert.match(fault.message, /was not done within 0\.1 s \(while waiting for the answer\)/);
  });

  it('names a port where nobody listens', async () => {
    const refused = networkClient.connect({ host: '127.0.0.1', port: 1, timeoutMilliseconds: 1000, signal });
    assert.match((await faultOf(refused)).message, /^cannot connect to 127\.0\.0\.1:1 \(ECONNREFUSED\): /);
  });
});

describe('asking a name server', () => {
  let server: NameServer;
  before(async () => {
    server = await startNameServer();
  });
  after(() => server.stop());

  type Question = Parameters<NetworkPort['resolve']>[0];
  const ask = (name: string, type: Question['type'] = 'A', timeoutMilliseconds = 2000) =>
    networkClient.resolve({ name, type, server: server.address, timeoutMilliseconds, signal });

  it('gives answers as text, in their order', async () => {
    assert.deepEqual((await ask('www.city.test')).answers, ['192.0.2.7', '192.0.2.8']);
    assert.deepEqual((await ask('www.city.test', 'AAAA')).answers, ['2001:db8::7']);
    assert.deepEqual((await ask('city.test', 'MX')).answers, ['10 mail.city.test']);
    const { answers, phases } = await ask('city.test', 'TXT');
    assert.deepEqual([answers, Object.keys(phases)], [['v=a1-b'], ['resolve']]);
  });

  const failing = [
    ['nobody.city.test', 'ENOTFOUND'],
    ['broken.city.test', 'ESERVFAIL'],
  ] as const;
  for (const [name, code] of failing) {
    it(`fails with ${code} for ${name}`, async () => {
      const fault = await faultOf(ask(name));
      assert.deepEqual(
        [fault.kind, fault.reason.en],
        ['resolve', `the name of ${name} (A, ${server.address}) cannot be resolved (${code})`],
      );
    });
  }

  it('fails for a server that keeps silent', async () => {
    const began = performance.now();
    const fault = await faultOf(ask('silent.city.test', 'A', 300));
    assert.ok(fault.kind === 'timeout' || fault.kind === 'resolve');
    assert.ok(performance.now() - began < 1500);
  });
});
