import { isTerminal, type Run } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import type { Core } from '../../core/create-core.ts';
import { say } from '../output.ts';

/** Refuses runs whose place in a queue nobody can change any more. @throws AppError `E_STATE` for the first one */
export function refuseStarted(core: Pick<Core, 'repos'>, runs: readonly Run[]): void {
  for (const { id, name, state } of runs) {
    if (isTerminal(state)) {
      throw new AppError('E_STATE', `The run "${name}" has already ended (${state}).`, {
        next: `To run the same once more: slipway run rerun ${id} -q`,
      });
    }
    if (core.repos.runs.executorOf(id) !== null) {
      throw new AppError('E_STATE', `The run "${name}" has started; it waits no more.`, {
        next: `To end it: slipway run stop ${id}`,
      });
    }
  }
}

/** Tells of the runs that were asked for and not done, since they wait no more. */
export function sayStarted(asked: readonly Run[], done: readonly string[]): void {
  const ids = new Set(done);
  for (const { id, name } of asked) {
    if (!ids.has(id)) say(`${name} (${id}) has started meanwhile`);
  }
}
