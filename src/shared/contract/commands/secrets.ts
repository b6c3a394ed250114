import * as z from 'zod/mini';
import { secretListSchema } from '../../domain/secret.ts';
import { nothing, command } from '../command.ts';

/** What is kept in the secret store; no value ever comes back. */
export const secretsCommands = {
  listSecrets: command(nothing, secretListSchema),
  saveCredentials: command(
    z.strictObject({
      kind: z.enum(['git', 'registry']),
      host: z.string().check(z.minLength(1), z.maxLength(255)),
      username: z.string().check(z.maxLength(1024)),
      password: z.string().check(z.minLength(1), z.maxLength(16_384)),
    }),
    secretListSchema,
  ),
  /** Keeps a secret for runs, named like an environment variable, in place of what had the name. */
  saveRunSecret: command(
    z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(128)),
      value: z.string().check(z.minLength(1), z.maxLength(16_384)),
    }),
    secretListSchema,
  ),
  removeSecret: command(
    z.strictObject({ name: z.string().check(z.maxLength(512)) }),
    secretListSchema,
  ),
} as const;
