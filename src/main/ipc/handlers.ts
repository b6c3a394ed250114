import type { HandlerParts, Handlers } from './handler-types.ts';
import { appHandlers } from './handlers/app.ts';
import { logHandlers } from './handlers/log.ts';
import { inputHandlers } from './handlers/inputs.ts';
import { jobHandlers } from './handlers/jobs.ts';
import { markHandlers } from './handlers/marks.ts';
import { presetHandlers } from './handlers/presets.ts';
import { queueHandlers } from './handlers/queues.ts';
import { roomHandlers } from './handlers/room.ts';
import { runListHandlers } from './handlers/run-list.ts';
import { runHandlers } from './handlers/runs.ts';
import { secretHandlers } from './handlers/secrets.ts';
import { shellHandlers } from './handlers/shell.ts';
import { sourceHandlers } from './handlers/sources.ts';
import { sweepHandlers } from './handlers/sweeps.ts';
import { trackedHandlers } from './handlers/tracked.ts';
import { versionHandlers } from './handlers/versions.ts';

/** What each request does: a line to the core's service that owns it. */
export const createHandlers = (parts: HandlerParts): Handlers => ({
  ...appHandlers(parts),
  ...jobHandlers(parts),
  ...versionHandlers(parts),
  ...sourceHandlers(parts),
  ...inputHandlers(parts),
  ...presetHandlers(parts),
  ...runHandlers(parts),
  ...runListHandlers(parts),
  ...sweepHandlers(parts),
  ...trackedHandlers(parts),
  ...secretHandlers(parts),
  ...markHandlers(parts),
  ...shellHandlers(parts),
  ...logHandlers(parts),
  ...queueHandlers(parts),
  ...roomHandlers(parts),
});
