import { useCallback, useEffect, useRef, useState } from 'react';
import type { OperationProgress } from '../../shared/contract/events.ts';
import type { ErrorData } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { forgetOperation, useOperations } from '../stores/operations.ts';
import { call } from './client.ts';

export interface Operation {
  running: boolean;
  progress: OperationProgress | null;
  error: ErrorData | null;
  /** Runs a request that can be cancelled; null when it failed or was cancelled. */
  run<T>(request: (operationId: string) => Promise<Result<T>>): Promise<T | null>;
  cancel(): void;
}

/** One long request at a time, with its progress, its error and a cancel. Leaving the page cancels. */
export function useOperation(): Operation {
  const [id, setId] = useState<string | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const current = useRef<string | null>(null);
  const progress = useOperations((all) => (id ? (all[id] ?? null) : null));

  const cancel = useCallback(() => {
    if (current.current) void call('cancelOperation', { operationId: current.current });
  }, []);

  const run = useCallback<Operation['run']>(
    async (request) => {
      cancel();
      const operationId = crypto.randomUUID();
      current.current = operationId;
      setId(operationId);
      setError(null);
      const result = await request(operationId);
      forgetOperation(operationId);
      if (current.current !== operationId) return null;
      current.current = null;
      setId(null);
      if (result.ok) return result.value;
      if (result.error.code !== 'E_CANCELLED') setError(result.error);
      return null;
    },
    [cancel],
  );

  useEffect(
    () => () => {
      cancel();
      current.current = null;
    },
    [cancel],
  );

  return { running: id !== null, progress, error, run, cancel };
}
