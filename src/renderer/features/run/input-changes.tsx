import { useMemo } from 'react';
import type { LaunchSpec } from '../../../shared/domain/launch-spec.ts';
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
  spec: LaunchSpec;
}

/** What this run was given otherwise than the run of the job before it. */
export function InputChanges({ run, spec }: Props) {
  const all = useEntities((entities) => entities.runs);
  const before = useMemo(() => runBefore(all, run), [all, run]);
  return before ? <Changes run={run} spec={spec} before={before} /> : null;
}

function Changes({ run, spec, before }: Props & { before: Run }) {
  const { value } = useAnswer('runSpec', { runId: before.id });
  if (!value) return null;
  const changes = specChanges({ ...before, spec: value.spec }, { ...run, spec });
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
