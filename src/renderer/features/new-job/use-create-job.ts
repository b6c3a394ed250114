import { useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import { call } from '../../bridge/client.ts';
import { useOperation, type Operation } from '../../bridge/use-operation.ts';
import { nextFolderOr, notify, openLaunch, useUi } from '../../stores/ui.ts';
import { checkDraft, noErrors, placeError, type Field, type FieldErrors } from './field-errors.ts';
import { createInput, type JobDraft, type SourceInput } from './job-draft.ts';

export interface Creating {
  operation: Operation;
  errors: FieldErrors;
  clearErrors(): void;
  create(draft: JobDraft, source: SourceInput, thenLaunch: boolean): Promise<void>;
}

function tell({ job, version, created, notes }: CommandOutput<'createJob'>): void {
  if (!created) notify(`Nothing changed: ${job.name} v${version.number} holds the same already.`);
  for (const note of notes) notify(note);
}

/** Makes the job, and launches it if asked to. Errors go beside the fields that the form has. */
export function useCreateJob(fields: readonly Field[]): Creating {
  const operation = useOperation();
  const [errors, setErrors] = useState(noErrors);

  const create: Creating['create'] = async (draft, source, thenLaunch) => {
    const refused = checkDraft(draft);
    setErrors(refused);
    if (Object.keys(refused).length > 0) return;
    const made = await operation.run(async (operationId) => {
      const result = await call('createJob', { ...createInput(draft, source), operationId });
      if (!result.ok && result.error.code !== 'E_CANCELLED') {
        setErrors(placeError(result.error, fields));
      }
      return result;
    });
    if (!made) return;
    const { job, version } = made;
    useUi.setState({ projectId: job.projectId });
    tell(made);
    const jobPage = { page: 'job', jobId: job.id, tab: 'runs' } as const;
    if (!thenLaunch) return nextFolderOr(jobPage);
    const what = { jobId: job.id, versionId: version.id };
    const launched = await operation.run(async (operationId) => {
      const result = await call('launch', { ...what, operationId });
      // The job is there; its launch goes on in the form that can be changed.
      if (!result.ok && result.error.code !== 'E_CANCELLED') {
        openLaunch({ ...what, error: result.error });
      }
      return result;
    });
    for (const note of launched?.notes ?? []) notify(note);
    nextFolderOr(launched ? { page: 'run', runId: launched.run.id, tab: 'log' } : jobPage);
  };

  return { operation, errors, clearErrors: () => setErrors(noErrors), create };
}
