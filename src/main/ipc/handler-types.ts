import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts';
import type { Core } from '../../core/create-core.ts';
import type { EngineWatch } from '../engine-watch.ts';
import type { Shell } from '../native/shell.ts';
import type { FolderGrants } from './folder-grants.ts';
import type { Operations } from './operations.ts';

export type Handlers = {
  [N in CommandName]: (input: CommandInput<N>) => Promise<CommandOutput<N>>;
};

export interface HandlerParts {
  core: Core;
  engineWatch: EngineWatch;
  shell: Shell;
  grants: FolderGrants;
  operations: Operations;
}
