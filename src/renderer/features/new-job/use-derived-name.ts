import { useEffect, useState } from 'react';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import { call } from '../../bridge/client.ts';

type Source = CommandInput<'deriveJobName'>['source'];

/** The name that the job will get when none is given; empty until that can be told. */
export function useDerivedName(source: Source, entryPoint: string): string {
  const [name, setName] = useState('');
  // Requests are equal when they ask for the same, whichever objects they are.
  const key = JSON.stringify({ source, entryPoint } satisfies CommandInput<'deriveJobName'>);
  useEffect(() => {
    let wanted = true;
    const request = JSON.parse(key) as CommandInput<'deriveJobName'>;
    void call('deriveJobName', request).then((answer) => {
      if (wanted) setName(answer.ok ? answer.value : '');
    });
    return () => {
      wanted = false;
    };
  }, [key]);
  return name;
}
