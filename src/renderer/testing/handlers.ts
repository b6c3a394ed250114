import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts';
import type { Result } from '../../shared/result.ts';

/** What a stand-in for main answers to each request. */
export type Handlers = {
  [N in CommandName]: (
    input: CommandInput<N>,
  ) => CommandOutput<N> | Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>;
};
