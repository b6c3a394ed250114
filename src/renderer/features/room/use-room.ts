import { useCallback, useEffect, useState } from 'react';
import type { RoomKind, RoomReport } from '../../../shared/domain/room.ts';
import { fileSize } from '../../../shared/units.ts';
import { call } from '../../bridge/client.ts';
import { useOperation, type Operation } from '../../bridge/use-operation.ts';

export interface RoomState {
  operation: Operation;
  /** What is being done, or was done last. */
  doing: 'measure' | 'clean';
  /** As it was measured last; null until then. */
  report: RoomReport | null;
  /** What the last clean-up came to; null before one. */
  done: { text: string; problems: string[] } | null;
  measure(): void;
  clean(kinds: RoomKind[]): void;
}

/** Measures when the page is opened; leaving it ends that. */
export function useRoom(): RoomState {
  const operation = useOperation();
  const { run } = operation;
  const [doing, setDoing] = useState<RoomState['doing']>('measure');
  const [report, setReport] = useState<RoomReport | null>(null);
  const [done, setDone] = useState<RoomState['done']>(null);

  const measure = useCallback(async (): Promise<void> => {
    setDoing('measure');
    const measured = await run((operationId) => call('measureRoom', { operationId }));
    if (measured) setReport(measured);
  }, [run]);
  const clean = async (kinds: RoomKind[]): Promise<void> => {
    setDoing('clean');
    const cleaned = await run((operationId) => call('cleanUp', { operationId, kinds }));
    if (!cleaned) return;
    setReport(cleaned.report);
    setDone({ text: `Freed ${fileSize(cleaned.freed)}`, problems: cleaned.problems });
  };
  useEffect(() => void measure(), [measure]);
  return {
    ...{ operation, doing, report, done },
    measure: () => void measure(),
    clean: (kinds) => void clean(kinds),
  };
}
