import { create } from 'zustand';
import type { ErrorData } from '../../shared/errors.ts';

/** The bundled example on its way to a run. */
export const useExample = create<{
  /** What is under way; null for nothing. */
  operationId: string | null;
  /** Why the last attempt made no job. */
  error: ErrorData | null;
}>(() => ({ operationId: null, error: null }));
