import { z } from 'zod';
import { type CollectorPorts, InputError, type SecretRef, secretRef, type TlsSettings } from './contract.ts';

/** An address to ask; who asks is told by `auth`, whose secrets are named and not written. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: 'is no address of the web: write http://… or https://…' })
  .refine((text) => {
    const { username, password } = URL.parse(text) ?? { username: '', password: '' };
    return username === '' && password === '';
  }, 'carries a user or a password: give them as auth.basic');

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

/** What every header may hold; a line end in it would begin another header. */
const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A secret for a header; InputError when it is absent or can stand in none. */
export async function headerSecret(ref: SecretRef, ports: CollectorPorts): Promise<string> {
  const secret = await ports.secret(ref);
  if (headerText.test(secret)) return secret;
  const place = 'env' in ref ? `the environment variable ${ref.env}` : ref.file;
  throw new InputError(
    `${place}, named as a secret, holds a line end or another character that no header may hold: write it on one line, in plain characters`,
  );
}

/** The headers that authenticate a request; InputError when a secret is absent. */
export async function authHeaders(
  auth: z.output<typeof authSettings> | undefined,
  ports: CollectorPorts,
): Promise<Record<string, string>> {
  if (!auth) return {};
  if ('bearer' in auth) return { authorization: `Bearer ${await headerSecret(auth.bearer, ports)}` };
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
