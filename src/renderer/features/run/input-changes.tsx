import { useMemo } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { useEntities } from '../../stores/entities.ts';
import { runBefore } from '../../stores/selectors.ts';
import { navigate } from '../../stores/ui.ts';
import { FieldChanges } from '../compare/field-changes.tsx';
import page from '../frame/page.module.css';
import { specChanges } from './spec-changes.ts';
import styles from './run.module.css';

interface Props {
  run: Run;
  given: Pick<NonNullable<CommandOutput<'runSpec'>>, 'entryPoint' | 'spec'>;
}

/** What this run was given otherwise than the run of the job before it. */
export function InputChanges({ run, given }: Props) {
  const all = useEntities((entities) => entities.runs);
  const before = useMemo(() => runBefore(all, run), [all, run]);
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
      <p className={page.lead}>
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
