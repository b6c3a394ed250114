import { useCallback } from 'react';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { JobFolder } from '../../../shared/domain/detection.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { call } from '../../bridge/client.ts';
import { useOperation, type Operation } from '../../bridge/use-operation.ts';
import { useKept } from './kept.tsx';

type Request = Omit<CommandInput<'inspectSource'>, 'operationId'>;

export interface Inspecting {
  inspection: Inspection | null;
  /** Jobs in sub-folders. They stay to choose from while one of them is looked at. */
  jobs: readonly JobFolder[];
  operation: Operation;
  look(request: Request): Promise<Inspection | null>;
  /** What was found belongs to a source that is no longer asked for. */
  forget(): void;
}

/** What is found out about the source of a tab; the newest look counts. */
export function useInspection(tab: string): Inspecting {
  const operation = useOperation();
  const { run } = operation;
  const [inspection, setInspection] = useKept<Inspection | null>(`${tab} found`, null);
  const [jobs, setJobs] = useKept<readonly JobFolder[]>(`${tab} jobs`, []);
  const look = useCallback(
    async (request: Request) => {
      const found = await run((operationId) => call('inspectSource', { ...request, operationId }));
      if (found) setInspection(found);
      if (found && !request.context) setJobs(found.detection.jobs);
      return found;
    },
    [run, setInspection, setJobs],
  );
  const forget = useCallback(() => {
    setInspection(null);
    setJobs([]);
  }, [setInspection, setJobs]);
  return { inspection, jobs, operation, look, forget };
}
