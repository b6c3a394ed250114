import * as z from 'zod/mini';
import { ENGINE_KINDS } from './run.ts';

export const settingsSchema = z.strictObject({
  /** `auto`: Docker where it answers, else the process engine. */
  engine: z.enum(['auto', ...ENGINE_KINDS]),
  /** Image that generated Dockerfiles start from. */
  baseImage: z.string().check(z.minLength(1), z.maxLength(300)),
  /** Package index for pip, without credentials; empty for pip's own. */
  packageIndex: z.string().check(z.maxLength(2000)),
  /** Docker network of containers and builds; empty for the engine's default. */
  dockerNetwork: z.string().check(z.maxLength(128)),
  /** Seconds a run has to end after the interrupt before it is killed. */
  stopGraceSeconds: z.number().check(z.minimum(0), z.maximum(3600)),
  /** Folders of this machine that runs may mount, with all that is in them; absolute paths. */
  mountFolders: z
    .array(z.string().check(z.minLength(1), z.maxLength(4096)))
    .check(z.maxLength(200)),
  /** Of which ends of runs the person is notified. */
  notify: z.enum(['all', 'failures', 'never']),
  /** Closing the window leaves Slipway in the tray, where there is one. */
  closeToTray: z.boolean(),
  /** What becomes of runs that go on when Slipway is quit. */
  quitWithRuns: z.enum(['ask', 'keep', 'stop']),
  /** What everything of Slipway may take on the disk, in bytes; 0 for no limit. */
  roomBudgetBytes: z.number().check(z.minimum(0), z.maximum(2 ** 50)),
});

export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = {
  engine: 'auto',
  baseImage: 'python:3.11-slim',
  packageIndex: '',
  dockerNetwork: '',
  stopGraceSeconds: 10,
  mountFolders: [],
  notify: 'all',
  closeToTray: false,
  quitWithRuns: 'ask',
  roomBudgetBytes: 0,
};
