import { isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  type DetailedPeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { Certificate, TlsSession, TlsSettings } from '../../contract.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { untrusted } from './network-faults.ts';

/** Chains beyond this length are cut: no public chain comes near it. */
const longestChain = 10;
const keptContexts = 64;
const contexts = new Map<string, SecureContext>();

/** Reading a store of certificates takes milliseconds: contexts of the same settings are shared. */
function contextOf({ ca, certificate, key }: TlsSettings): SecureContext {
  const id = JSON.stringify([ca, certificate, key]);
  const known = contexts.get(id);
  if (known) return known;
  const made = createSecureContext({
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
  });
  const oldest = contexts.keys().next().value;
  if (contexts.size >= keptContexts && oldest !== undefined) contexts.delete(oldest);
  contexts.set(id, made);
  return made;
}

interface Handshake {
  readonly settings: TlsSettings;
  readonly clock: ExchangeClock;
}

/** Completes a handshake on a connected socket; an untrusted chain is a fault that carries it, unless it is accepted. */
export function secured(plain: Socket, host: string, { settings, clock }: Handshake): Promise<TLSSocket> {
  const name = settings.serverName ?? host;
  return new Promise((resolve, reject) => {
    clock.begin('tls');
    const refuse = (error: Error) => {
      plain.destroy();
      reject(clock.faultOf(error));
    };
    const socket = begun(plain, name, settings, refuse);
    if (!socket) return;
    const hangUp = () => refuse(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    socket.once('error', refuse);
    socket.once('close', hangUp);
    socket.once('secureConnect', () => {
      socket.removeListener('error', refuse);
      socket.removeListener('close', hangUp);
      clock.finish('processing');
      clock.session = sessionOf(socket);
      if (clock.session.fault === null || settings.isInsecure) return resolve(socket);
      socket.on('error', () => {}).destroy();
      reject(untrusted(clock.session, clock));
    });
    clock.hold(socket);
  });
}

/** Null when the settings themselves (a broken PEM) are refused. */
function begun(
  plain: Socket,
  name: string,
  settings: TlsSettings,
  refuse: (error: Error) => void,
): TLSSocket | null {
  try {
    return connectTls({
      socket: plain,
      host: name,
      ...(isIP(name) ? {} : { servername: name }),
      secureContext: contextOf(settings),
      // Refused below, once the certificates are read: a refusal here would hide them.
      rejectUnauthorized: false,
    });
  } catch (error) {
    refuse(error as Error);
    return null;
  }
}

function sessionOf(socket: TLSSocket): TlsSession {
  const fault: unknown = socket.authorized ? null : socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    chain: chainOf(socket.getPeerCertificate(true)),
    fault: fault === null ? null : fault instanceof Error ? fault.message : String(fault),
  };
}

function chainOf(leaf: DetailedPeerCertificate): Certificate[] {
  const chain: Certificate[] = [];
  const seen = new Set<string>();
  let each: DetailedPeerCertificate | undefined = leaf;
  while (each?.fingerprint256 && !seen.has(each.fingerprint256) && chain.length < longestChain) {
    seen.add(each.fingerprint256);
    chain.push(certificateOf(each));
    each = each.issuerCertificate;
  }
  return chain;
}

function certificateOf(peer: DetailedPeerCertificate): Certificate {
  return {
    subject: distinguishedName(peer.subject),
    issuer: distinguishedName(peer.issuer),
    names: (peer.subjectaltname ?? '')
      .split(', ')
      .filter((name) => name !== '')
      .map((name) => name.replace(/^(?:DNS|IP Address|URI|email):/, '')),
    notBefore: new Date(peer.valid_from).toISOString(),
    notAfter: new Date(peer.valid_to).toISOString(),
    sha256: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** `CN=example.org, O=Example`. */
function distinguishedName(parts: object | undefined): string {
  return Object.entries(parts ?? {})
    .flatMap(([key, value]: [string, unknown]) =>
      (Array.isArray(value) ? value : [value]).map((each) => `${key}=${String(each)}`),
    )
    .reverse()
    .join(', ');
}
