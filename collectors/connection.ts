import { z } from 'zod';
import { type CollectorPorts, secretRef, type TlsSettings } from './contract.ts';

/** How a collector shows a server who it is. */
export const authSettings = z
  .union([
    z.strictObject({ bearer: secretRef.describe('Token sent as Authorization: Bearer.') }),
    z.strictObject({
      basic: z
        .strictObject({ user: z.string().min(1).describe('User name.'), password: secretRef })
        .describe('User name and password.'),
    }),
  ])
  .describe('How we show who we are.');

export const connectionTls = z
  .strictObject({
    ca: z.string().min(1).optional().describe('PEM file of the authorities to trust.'),
    certificate: z.string().min(1).optional().describe('PEM file of our own certificate.'),
    key: z.string().min(1).optional().describe('PEM file of its key.'),
    serverName: z.string().min(1).optional().describe('Name that the certificate must carry.'),
    isInsecure: z.boolean().default(false).describe('True accepts any certificate.'),
  })
  .describe('TLS of the connection.');

const pemBytes = 1_000_000;

/** The headers that authenticate a request; InputError when a secret is absent. */
export async function authHeaders(
  auth: z.output<typeof authSettings> | undefined,
  ports: CollectorPorts,
): Promise<Record<string, string>> {
  if (!auth) return {};
  if ('bearer' in auth) return { authorization: `Bearer ${await ports.secret(auth.bearer)}` };
  const { user, password } = auth.basic;
  const pair = Buffer.from(`${user}:${await ports.secret(password)}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

/** The settings with the PEM texts that their files hold; InputError when a file is absent. */
export async function readTls(
  tls: z.output<typeof connectionTls> | undefined,
  ports: CollectorPorts,
): Promise<{ readonly tls?: TlsSettings }> {
  if (!tls) return {};
  const result: Record<string, unknown> = { isInsecure: tls.isInsecure };
  if (tls.serverName !== undefined) result.serverName = tls.serverName;
  for (const name of ['ca', 'certificate', 'key'] as const) {
    const path = tls[name];
    if (path === undefined) continue;
    result[name] = Buffer.from(await ports.files.read(ports.files.resolve(path), pemBytes)).toString('utf8');
  }
  return { tls: result };
}
