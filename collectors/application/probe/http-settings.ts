import { z } from 'zod';
import { authSettings, connectionTls, webAddress } from '../../connection.ts';
import { secretRef } from '../../contract.ts';
import { duration } from '../../runner/settings/duration.ts';
import { compiledPath } from './json-expectation.ts';
import { pattern } from './pattern.ts';
import { concurrencyUpTo, distinctTargets, ipVersion, patience, targetFields } from './probe-settings.ts';

const url = webAddress.describe('Address to ask.');

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is no header name');
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'holds characters that no header may hold');

/** `200`, `2xx` or `200-299`. */
const status = z
  .union([
    z.int().min(100).max(599),
    z.string().regex(/^(?:[1-5]xx|[1-5]\d\d-[1-5]\d\d)$/, 'is no status: write 200, 2xx or 200-299'),
  ])
  .describe('A status, a class such as 2xx or a range such as 200-299.');

const jsonExpectation = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(500)
    .refine((text) => compiledPath(text) !== null, 'is no JSONPath (RFC 9535): write for example $.status')
    .describe('JSONPath (RFC 9535); it must find something, and everything it finds must be as expected.'),
  equals: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional().describe('The value expected.'),
  atLeast: z.number().optional().describe('Smallest number expected.'),
  atMost: z.number().optional().describe('Largest number expected.'),
});

export const redirectPolicies = ['follow', 'keep', 'refuse'] as const;

export const httpSettings = z.strictObject({
  targets: z
    .array(z.union([url, z.strictObject({ url, ...targetFields })]))
    .min(1)
    .max(10_000)
    .superRefine(distinctTargets(({ url }) => url))
    .describe('Addresses, each with its own name and labels where needed.'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT']).default('GET').describe('HTTP method.'),
  headers: z.record(headerName, headerValue).default({}).describe('Headers sent.'),
  secretHeaders: z.record(headerName, secretRef).default({}).describe('Headers whose value is a secret.'),
  body: z.string().max(1_000_000).optional().describe('Body sent.'),
  auth: authSettings.optional(),
  tls: connectionTls.optional(),
  ipVersion,
  status: z.array(status).min(1).default(['2xx']).describe('Status that counts as up; 2xx when absent.'),
  contentType: z.string().min(1).optional().describe('Media type that the answer must have.'),
  bodyMatches: z.array(pattern).max(20).default([]).describe('Patterns, all of which the body must match.'),
  bodyMatchesNot: z
    .array(pattern)
    .max(20)
    .default([])
    .describe('Patterns, none of which the body may match.'),
  json: z.array(jsonExpectation).max(20).default([]).describe('What the body must hold, read as JSON.'),
  redirects: z
    .enum(redirectPolicies)
    .default('follow')
    .describe('follow goes along, keep judges the redirect itself, refuse counts it as down.'),
  maxRedirects: z.int().min(1).max(20).default(5).describe('Redirects followed at most.'),
  maxDuration: duration.optional().describe('An answer that takes longer counts as down.'),
  minimumCertificateDays: z
    .number()
    .min(0)
    .default(0)
    .describe('A certificate with fewer days left counts as down.'),
  maxMegabytes: z.number().positive().max(100).default(5).describe('Of the body, decompressed.'),
  concurrency: concurrencyUpTo(2000, 100),
  ...patience,
});

export type HttpProbeSettings = z.output<typeof httpSettings>;
