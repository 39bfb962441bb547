import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One alert of one notification, as Alertmanager's webhook (version 4) sends it. */
export interface ReceivedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Listens like a pager: keeps every alert that it is told of, oldest first. */
export interface WebhookReceiver {
  readonly url: string;
  readonly alerts: readonly ReceivedAlert[];
  stop(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const alerts: ReceivedAlert[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      alerts.push(...(JSON.parse(Buffer.concat(pieces).toString()) as { alerts: ReceivedAlert[] }).alerts);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    alerts,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
