import { useState } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { LongText } from '../../ui/long-text.tsx';

/** What a job is for. */
export function Description({ job }: { job: Job }) {
  const [editing, setEditing] = useState(false);
  const save = async (description: string): Promise<ErrorData | null> => {
    const result = await call('describeJob', { jobId: job.id, description });
    return result.ok ? null : result.error;
  };
  return (
    <LongText
      label="Description"
      text={job.description}
      placeholder="Add a description"
      editing={editing}
      onEdit={() => setEditing(true)}
      onSave={save}
      onEnd={() => setEditing(false)}
    />
  );
}
