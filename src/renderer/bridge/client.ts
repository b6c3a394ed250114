import type { Bridge } from '../../shared/contract/bridge.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts';
import type { Result } from '../../shared/result.ts';

let current: Bridge | undefined;

/** Sets what all requests go to: `window.slipway`, or a stand-in for tests and the preview page. */
export function setBridge(bridge: Bridge): void {
  current = bridge;
}

export function getBridge(): Bridge {
  if (!current) throw new Error('No bridge was set.');
  return current;
}

/** Sends a request. Never rejects: a bridge that breaks becomes an error like any other. */
export async function call<N extends CommandName>(
  name: N,
  input: CommandInput<N>,
): Promise<Result<CommandOutput<N>>> {
  try {
    return await getBridge().commands[name](input);
  } catch (thrown) {
    return {
      ok: false,
      error: {
        code: 'E_INTERNAL',
        message: 'The request could not be answered.',
        next: 'Try again; if it stays like this, restart Slipway.',
        detail: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
      },
    };
  }
}
