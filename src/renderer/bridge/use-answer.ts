import { useEffect, useState } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts';
import type { ErrorData } from '../../shared/errors.ts';
import { call } from './client.ts';

type Answer<T> = { value: T | null; error: ErrorData | null; loading: boolean };

/** The answer to a request, asked again when the request changes. Some requests are answered by null. */
export function useAnswer<N extends CommandName>(
  name: N,
  input: CommandInput<N>,
): Answer<CommandOutput<N>> {
  const [answer, setAnswer] = useState<(Answer<CommandOutput<N>> & { to: string }) | null>(null);
  const key = JSON.stringify(input);
  useEffect(() => {
    let here = true;
    void call(name, JSON.parse(key) as CommandInput<N>).then((result) => {
      if (!here) return;
      if (result.ok) setAnswer({ to: key, value: result.value, error: null, loading: false });
      else setAnswer({ to: key, value: null, error: result.error, loading: false });
    });
    return () => {
      here = false;
    };
  }, [name, key]);
  return answer?.to === key ? answer : { value: null, error: null, loading: true };
}
