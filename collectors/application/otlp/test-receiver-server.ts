import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import type { CollectorRun, CollectorYield } from '../../contract.ts';
import { createPorts } from '../../ports.ts';
import { otlp } from '../otlp.ts';
import type { Intake } from './intake.ts';

export const ports = createPorts({ settingsFolder: '/', environment: {} });

export interface Receiver {
  readonly url: string;
  readonly intake: Intake;
  collect(): Promise<CollectorYield>;
  stop(): Promise<void>;
}

export async function startReceiver(given: object = {}): Promise<Receiver> {
  const settings = otlp.settings.parse({ port: 0, ...given });
  const state = await otlp.start?.(settings, ports);
  assert.ok(state);
  const run = {
    ...{ job: 'apps', subject: 'hexi', settings, state, ports },
    startedAt: '',
    signal: new AbortController().signal,
  };
  return {
    url: state.listener.address,
    intake: state.intake,
    collect: () => otlp.collect(run as CollectorRun<typeof settings, typeof state>),
    stop: async () => otlp.stop?.(state),
  };
}

export interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** Status, Retry-After and body of the answer. */
export function send(
  receiver: Receiver,
  { path = '/v1/traces', method = 'POST', headers = {}, body = '{}' }: Sent,
) {
  return new Promise<readonly [number, string | undefined, Buffer]>((resolve, reject) => {
    const sent = httpRequest(
      `${receiver.url}${path}`,
      { method, agent: false, headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve([answer.statusCode ?? 0, answer.headers['retry-after'], Buffer.concat(chunks)]),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
