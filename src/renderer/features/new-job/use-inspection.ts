import { useCallback, useState } from 'react';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { JobFolder } from '../../../shared/domain/detection.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { call } from '../../bridge/client.ts';
import { useOperation, type Operation } from '../../bridge/use-operation.ts';

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

/** What is found out about a source; the newest look counts. */
export function useInspection(): Inspecting {
  const operation = useOperation();
  const { run } = operation;
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const [jobs, setJobs] = useState<readonly JobFolder[]>([]);
  const look = useCallback(
    async (request: Request) => {
      const found = await run((operationId) => call('inspectSource', { ...request, operationId }));
      if (found) setInspection(found);
      if (found && !request.context) setJobs(found.detection.jobs);
      return found;
    },
    [run],
  );
  const forget = useCallback(() => {
    setInspection(null);
    setJobs([]);
  }, []);
  return { inspection, jobs, operation, look, forget };
}
