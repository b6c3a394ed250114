import type { CommandOutput } from '../../../shared/contract/commands.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { navigate } from '../../stores/ui.ts';
import { FieldChanges } from '../compare/field-changes.tsx';
import page from '../frame/page.module.css';
import { specChanges } from './spec-changes.ts';
import styles from './run.module.css';

interface Props {
  run: Run;
  given: Pick<NonNullable<CommandOutput<'runSpec'>>, 'entryPoint' | 'spec'>;
}

/** Imported runs, which were given nothing here, are passed over: so many of them at most. */
const LOOKED_AT = 50;

/** The run of the same job that was made last before this one here, not imported. */
function useRunBefore({ id, jobId, createdAt }: Run): Run | undefined {
  const { value } = useAnswer('queryRuns', {
    scope: { jobId },
    filter: { conditions: [{ column: 'created', is: '<=', value: createdAt }] },
    sort: [],
    groupBy: null,
    offset: 0,
    limit: LOOKED_AT,
  });
  return value?.runs.find(
    (other) => other.engine !== null && other.id !== id && other.createdAt <= createdAt,
  );
}

/** What this run was given otherwise than the run of the job before it. */
export function InputChanges({ run, given }: Props) {
  const before = useRunBefore(run);
  return before ? <Changes run={run} given={given} before={before} /> : null;
}

function Changes({ run, given, before }: Props & { before: Run }) {
  const { value } = useAnswer('runSpec', { runId: before.id });
  if (!value) return null;
  // Not the run's own command, which holds the inputs as well.
  const changes = specChanges({ ...before, ...value }, { ...run, ...given });
  return (
    <div className={page.section}>
      {changes.length > 0 && <FieldChanges title="Changes" fields={changes} />}
      <p className={styles.compared}>
        {changes.length > 0 ? 'Compared with ' : 'It was given the same as '}
        <button
          type="button"
          className={styles.link}
          onClick={() => navigate({ page: 'run', runId: before.id, tab: 'inputs' })}
        >
          {before.name}
        </button>
        , the run of this job before it.
      </p>
    </div>
  );
}
