import { z } from 'zod';

/** A setting that points to a secret: the name of an environment variable, or a file that holds nothing else. */
export const secretRef = z
  .union([
    z.strictObject({ env: z.string().min(1).describe('Name of the environment variable.') }),
    z.strictObject({
      file: z.string().min(1).describe('Path of a file that holds the secret and nothing else.'),
    }),
  ])
  .describe('Where the secret is; the secret itself is never written here.');
