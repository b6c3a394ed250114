import * as z from 'zod/mini';

/** The parts of the engine's answers that are used; checked before anything relies on them. */
const labels = z.optional(z.nullable(z.record(z.string(), z.string())));
const words = z.optional(z.nullable(z.array(z.string())));

/** It says `OK`, whatever else changed in twelve years. */
export const pingSchema = z.string().check(z.regex(/^\s*OK\s*$/));

export const versionSchema = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.optional(z.string()),
  /** What it runs on, in Go's words: `linux`, `amd64`. */
  Os: z.optional(z.string()),
  Arch: z.optional(z.string()),
});

export const createdSchema = z.object({ Id: z.string().check(z.regex(/^[0-9a-f]{64}$/)) });

export const containerSchema = z.object({
  Id: z.string(),
  Config: z.object({
    Labels: labels,
    User: z.optional(z.string()),
    WorkingDir: z.optional(z.string()),
  }),
  HostConfig: z.object({
    Memory: z.optional(z.number()),
    LogConfig: z.optional(z.object({ Type: z.string() })),
  }),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    Error: z.string(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
  }),
});

export type ContainerAnswer = z.infer<typeof containerSchema>;

export const containerListSchema = z.array(z.object({ Id: z.string() }));

export const imageSchema = z.object({
  Id: z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)),
  RepoDigests: z.optional(z.nullable(z.array(z.string()))),
  Os: z.optional(z.string()),
  Architecture: z.optional(z.string()),
  Variant: z.optional(z.string()),
  Config: z.optional(
    z.nullable(z.object({ Labels: labels, Entrypoint: words, Cmd: words, Env: words })),
  ),
});

export type ImageAnswer = z.infer<typeof imageSchema>;

export const distributionSchema = z.object({
  Descriptor: z.object({ digest: z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)) }),
});

export const infoSchema = z.object({
  OperatingSystem: z.optional(z.string()),
  NCPU: z.optional(z.number()),
  MemTotal: z.optional(z.number()),
  MemoryLimit: z.optional(z.boolean()),
  CpuCfsQuota: z.optional(z.boolean()),
  LiveRestoreEnabled: z.optional(z.boolean()),
  Runtimes: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  /** Of engines since 28.2, with `nvidia.com/gpu=0` and the like. */
  DiscoveredDevices: z.optional(z.nullable(z.array(z.object({ ID: z.optional(z.string()) })))),
});

/** In the header of the archive calls. `mode` is Go's `fs.FileMode`. */
export const pathStatSchema = z.object({ mode: z.number() });

export const imageListSchema = z.array(
  z.object({ Id: z.string(), Created: z.number(), Labels: labels }),
);

export const networkSchema = z.object({ Created: z.string() });
