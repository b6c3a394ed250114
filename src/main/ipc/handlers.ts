import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts';
import type { Core } from '../../core/create-core.ts';
import type { EngineWatch } from '../engine-watch.ts';
import type { FolderGrants } from './folder-grants.ts';
import { appHandlers } from './handlers/app.ts';
import { jobHandlers } from './handlers/jobs.ts';
import { runHandlers } from './handlers/runs.ts';
import { secretHandlers } from './handlers/secrets.ts';
import { sourceHandlers } from './handlers/sources.ts';
import { trackedHandlers } from './handlers/tracked.ts';
import { versionHandlers } from './handlers/versions.ts';
import type { Operations } from './operations.ts';

export type Handlers = {
  [N in CommandName]: (input: CommandInput<N>) => Promise<CommandOutput<N>>;
};

export interface HandlerParts {
  core: Core;
  engineWatch: EngineWatch;
  grants: FolderGrants;
  operations: Operations;
}

/** What each request does: a line to the core's service that owns it. */
export const createHandlers = (parts: HandlerParts): Handlers => ({
  ...appHandlers(parts),
  ...jobHandlers(parts),
  ...versionHandlers(parts),
  ...sourceHandlers(parts),
  ...runHandlers(parts),
  ...trackedHandlers(parts),
  ...secretHandlers(parts),
});
