import assert from 'node:assert/strict';
import { join } from 'node:path';
import { rejectionOf, scratchFolder } from '../../../test/scratch-folder.ts';
import { readTelemetryFile, refusal } from './telemetry-file.ts';

describe('a telemetry settings file that cannot be read', () => {
  const folder = scratchFolder();

  it('is said to be absent', async () => {
    const path = join(folder.path, 'none.yaml');
    const { message } = await rejectionOf(readTelemetryFile(path, []));
    assert.equal(message, `telemetry settings ${path} cannot be read (ENOENT): name a file that is there`);
  });

  // Nothing is closed to the superuser, as whom tests may run: the fault is handed in as the system words it.
  for (const code of ['EACCES', 'EPERM']) {
    it(`is said to be closed to this program where the system answers ${code}`, () => {
      const cause = Object.assign(new Error('permission denied'), { code });
      assert.equal(
        refusal('/etc/t.yaml', cause).message,
        `telemetry settings /etc/t.yaml cannot be read (${code}): this program has no permission: let its user read the file and enter its folder`,
      );
    });
  }
});
