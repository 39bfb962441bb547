import type { Socket } from 'node:net';
import type { DialogueStep, NetworkFault, NetworkPort } from '../../contract.ts';
import { resolveName } from './dns-client.ts';
import { ExchangeClock } from './exchange-clock.ts';
import { protocolFault, tooLarge } from './network-faults.ts';
import { addressText, openSocket } from './socket-client.ts';

/** Of what the other end says in a dialogue, unless the request says otherwise. */
const defaultMaxBytes = 64 * 1024;

export const networkClient: NetworkPort = {
  async connect({ dialogue = [], maxBytes = defaultMaxBytes, ...request }) {
    return within(request, async (clock) => {
      const { socket, remoteAddress } = await openSocket(request, clock);
      try {
        if (dialogue.length === 0) return { phases: clock.phases, remoteAddress, received: '' };
        const received = await talk(socket, { dialogue, maxBytes, clock });
        return { phases: clock.phases, remoteAddress, received };
      } finally {
        socket.destroy();
      }
    });
  },
  async handshake({ tls = {}, ...request }) {
    return within(request, async (clock) => {
      const { socket, remoteAddress } = await openSocket({ ...request, tls }, clock);
      socket.destroy();
      const { session } = clock;
      if (session === null) throw new Error('a socket with TLS came without a session');
      return { phases: clock.phases, remoteAddress, session };
    });
  },
  resolve: resolveName,
};

type Within = Parameters<NetworkPort['handshake']>[0];

async function within<T>(request: Within, work: (clock: ExchangeClock) => Promise<T>): Promise<T> {
  const { host, port, timeoutMilliseconds, signal } = request;
  const clock = new ExchangeClock(addressText(host, port), timeoutMilliseconds, signal);
  try {
    return await work(clock);
  } finally {
    clock.release();
  }
}

interface Talk {
  readonly dialogue: readonly DialogueStep[];
  readonly maxBytes: number;
  readonly clock: ExchangeClock;
}

/** All that was received, once the last step is done. */
function talk(socket: Socket, { dialogue, maxBytes, clock }: Talk): Promise<string> {
  return new Promise((resolve, reject) => {
    const steps = [...dialogue];
    let [all, sinceLastStep] = ['', ''];
    clock.begin('processing');
    socket.setEncoding('utf8');
    const fail = (error: Error) => reject(clock.faultOf(error));
    const advance = () => {
      for (let step = steps[0]; step && (step.expect?.(sinceLastStep) ?? true); step = steps[0]) {
        steps.shift();
        sinceLastStep = '';
        if (step.send !== undefined) socket.write(step.send);
      }
      if (steps.length > 0) return;
      clock.finish();
      resolve(all);
    };
    /** What `expect` throws must not end the program. */
    const advanceOrFail = () => {
      try {
        advance();
      } catch (error) {
        reject(error);
      }
    };
    socket.on('data', (text: string) => {
      all += text;
      sinceLastStep += text;
      if (all.length > maxBytes) return fail(tooLarge(maxBytes, clock));
      advanceOrFail();
    });
    socket.on('error', fail);
    socket.on('close', () => fail(closedEarly(all, clock)));
    advanceOrFail();
  });
}

function closedEarly(received: string, clock: ExchangeClock): NetworkFault {
  const shown = JSON.stringify(received.slice(0, 80));
  return protocolFault(
    {
      zh: `对话未完即关闭连接，收到 ${shown}`,
      en: `it closed the connection before the dialogue was over, having said ${shown}`,
    },
    clock,
  );
}
