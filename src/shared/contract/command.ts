import * as z from 'zod/mini';

export const id = z.string().check(z.regex(/^[0-9a-z-]{1,64}$/));
export const path = z.string().check(z.minLength(1), z.maxLength(8192));
export const name = z.string().check(z.maxLength(1024));
export const entryPointText = z.string().check(z.maxLength(200_000));
export const text = z.string().check(z.maxLength(8192));
export const nothing = z.strictObject({});

/** Defines one request: what the window sends and what it gets. */
export const command = <I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O) => ({
  input,
  output,
});
