import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { TlsSettings } from '../../contract.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { sharedLookup } from './lookup-client.ts';
import { noSuchVersion } from './network-faults.ts';
import { secured } from './tls-client.ts';

export interface Reach {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly family?: 4 | 6;
  /** Absent = plain TCP. */
  readonly tls?: TlsSettings;
}

export interface OpenSocket {
  readonly socket: Socket;
  readonly remoteAddress: string;
}

/** Opens a TCP connection, and TLS on it; the clock's phases tell how long each step took. NetworkFault otherwise. */
export async function openSocket(reach: Reach, clock: ExchangeClock): Promise<OpenSocket> {
  const literal = isIP(reach.host);
  if (reach.family && literal !== 0 && literal !== reach.family) throw noSuchVersion(reach.family, clock);
  const plain = await connected(reach, clock);
  const remoteAddress = addressText(plain.remoteAddress ?? reach.host, reach.port);
  if (!reach.tls) return { socket: plain, remoteAddress };
  return { socket: await secured(plain, reach.host, { settings: reach.tls, clock }), remoteAddress };
}

export function addressText(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

function connected({ host, port, family }: Reach, clock: ExchangeClock): Promise<Socket> {
  return new Promise((resolve, reject) => {
    clock.begin(isIP(host) ? 'connect' : 'resolve');
    const socket = connectTcp({
      host,
      port,
      noDelay: true,
      lookup: sharedLookup,
      ...(family ? { family, autoSelectFamily: false } : { autoSelectFamily: true }),
    });
    let isResolved = isIP(host) !== 0;
    socket.on('lookup', (error) => {
      if (error || isResolved) return;
      isResolved = true;
      clock.finish('connect');
    });
    const fail = (error: Error) => reject(clock.faultOf(firstOf(error)));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.removeListener('error', fail);
      clock.finish('processing');
      resolve(socket);
    });
    clock.hold(socket);
  });
}

/** What connecting to several addresses at once is rejected with; the first error stands for all. */
function firstOf(error: Error): Error {
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? first : error;
}
