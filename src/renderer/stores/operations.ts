import { create } from 'zustand';
import type { OperationProgress } from '../../shared/contract/events.ts';

/** The newest progress of each operation under way, by its id. Written by `bridge/sync.ts`. */
export const useOperations = create<Record<string, OperationProgress>>(() => ({}));

/** Forgets an operation that ended. */
export function forgetOperation(operationId: string): void {
  useOperations.setState((have) => {
    const { [operationId]: _ended, ...rest } = have;
    return rest;
  }, true);
}
