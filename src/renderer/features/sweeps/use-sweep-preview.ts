import { useEffect, useState } from 'react';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { SweepPreview } from '../../../shared/domain/sweep.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';

/** How long typing rests before the cells are asked for, in ms. */
const REST = 150;

interface Preview {
  /** The newest answer; stays while the next is on its way. */
  value: SweepPreview | null;
  error: ErrorData | null;
  /** Whether the answer is to what is asked for now. */
  current: boolean;
}

/** The cells that a sweep would have; nothing is asked while there is no whole plan (null). */
export function useSweepPreview(input: CommandInput<'planSweep'> | null): Preview {
  const [answer, setAnswer] = useState<Omit<Preview, 'current'> & { to: string }>();
  const key = JSON.stringify(input);
  useEffect(() => {
    if (key === 'null') return;
    let here = true;
    const ask = async (): Promise<void> => {
      const result = await call('planSweep', JSON.parse(key) as CommandInput<'planSweep'>);
      if (!here) return;
      const { value = null, error = null } = { ...result } as Partial<Preview>;
      setAnswer({ to: key, value, error });
    };
    const timer = setTimeout(() => void ask(), REST);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [key]);
  return { value: null, error: null, ...answer, current: answer?.to === key };
}
