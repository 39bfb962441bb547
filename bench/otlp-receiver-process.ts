import { otlp } from '../collectors/application/otlp.ts';
import type { CollectorRun } from '../collectors/contract.ts';
import { createPorts } from '../collectors/ports.ts';

/** An OTLP receiver in a process of its own; it drains itself each second and tells what it used when asked. */
const ports = createPorts({ settingsFolder: '/', environment: {} });
const settings = otlp.settings.parse({ port: 0, maxMegabytes: 32, maxSeriesPerService: 20_000 });
const state = await otlp.start?.(settings, ports);
if (!state) throw new Error('the receiver did not start');
const run = { ...{ job: 'bench', subject: 'bench', settings, state, ports }, startedAt: '' };
let samples = 0;
let dropped = 0;

const drain = async (): Promise<void> => {
  const signal = new AbortController().signal;
  const brought = await otlp.collect({ ...run, signal } as CollectorRun<typeof settings, typeof state>);
  samples += brought.readings.length;
  dropped += Object.values(brought.dropped ?? {}).reduce((sum, count) => sum + count, 0);
};

setInterval(() => void drain(), 1000);
process.on('message', async () => {
  await drain();
  const { user, system } = process.cpuUsage();
  process.send?.({
    samples,
    dropped,
    cpuSeconds: (user + system) / 1e6,
    maxRss: process.resourceUsage().maxRSS * 1024,
  });
});
process.send?.({ address: state.listener.address });
