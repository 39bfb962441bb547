import assert from 'node:assert/strict';
import { readPing } from './ping-output.ts';

const read = (stdout: string, stderr = '', exitCode = 0) => readPing({ exitCode, stdout, stderr });

describe('reading the summary of ping', () => {
  it('knows iputils, BusyBox and BSD', () => {
    const heads = [
      '3 packets transmitted, 2 received, 33.3333% packet loss, time 402ms\nrtt min/avg/max/mdev = 0.021/0.534/1.042/0.510 ms\n',
      '3 packets transmitted, 2 packets received, 33% packet loss\nround-trip min/avg/max = 0.021/0.534/1.042 ms\n',
      '3 packets transmitted, 2 packets received, 33.3% packet loss\nround-trip min/avg/max/stddev = 0.021/0.534/1.042/0.5 ms\n',
    ];
    for (const text of heads) {
      const { sent, received, meanSeconds, isForbidden } = read(text);
      assert.deepEqual([sent, received, isForbidden], [3, 2, false]);
      assert.ok(Math.abs((meanSeconds ?? 0) - 0.000534) < 1e-12);
    }
  });

  it('has no mean when nothing came back', () => {
    const { sent, received, meanSeconds } = read(
      '3 packets transmitted, 0 received, 100% packet loss\n',
      '',
      1,
    );
    assert.deepEqual([sent, received, meanSeconds], [3, 0, null]);
  });

  it('tells what is forbidden from what fails', () => {
    assert.equal(read('', 'ping: socket: Operation not permitted', 2).isForbidden, true);
    assert.equal(read('', 'ping: permission denied (are you root?)', 1).isForbidden, true);
    const unknown = read('', 'ping: nobody.invalid: Name or service not known\n', 2);
    assert.deepEqual(
      [unknown.isForbidden, unknown.sent, unknown.complaint],
      [false, 0, 'ping: nobody.invalid: Name or service not known'],
    );
    assert.equal(read('', '', 2).complaint, 'exit code 2');
  });
});
