import { useDeferredValue, useMemo } from 'react';
import type { InputField } from '../../../shared/domain/inputs.ts';
import type { JobVersion } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { differences, type Difference, type Launched } from './difference.ts';
import { valueWords } from './field-words.ts';
import { useLaunch } from './launch-context.ts';
import { askedSpec } from './launch-spec-of.ts';
import { entryOverride, FRESH } from './launch-draft.ts';
import styles from './plan.module.css';

interface Props {
  run: Run;
  version: JobVersion | undefined;
  fields: readonly InputField[];
}

function Change({ change: { what, before, after } }: { change: Difference }) {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return (
    <li>
      <span className={`mono ${styles.what}`}>{what}</span>
      <span className="sr-only"> {kind}: </span>
      {before !== undefined && (
        <del className="mono" title={valueWords(before, 2000)}>
          {valueWords(before)}
        </del>
      )}
      {before !== undefined && after !== undefined && <span aria-hidden="true">→</span>}
      {after !== undefined && (
        <ins className="mono" title={valueWords(after, 2000)}>
          {valueWords(after)}
        </ins>
      )}
    </li>
  );
}

/** What this launch asks for that the last run of the job did not. */
export function LastRun({ run, version, fields }: Props) {
  const { value } = useAnswer('runSpec', { runId: run.id });
  const draft = useLaunch((state) => state.draft);
  // Keys do not wait for it.
  const spec = useDeferredValue(useLaunch((state) => state.spec));
  const schema = useLaunch((state) => state.schema);
  const command = useLaunch((state) => state.command);
  const changes = useMemo(() => {
    if (!value || !version) return null;
    const isFresh = draft.code === FRESH;
    const before: Launched = {
      version: isFresh ? 'as it is now' : `v${run.versionNumber}`,
      entryPoint: formatCommand(value.entryPoint),
      engine: draft.engine === null ? null : run.engine,
      spec: value.spec,
    };
    const after: Launched = {
      version: isFresh ? 'as it is now' : `v${version.number}`,
      entryPoint: entryOverride(draft, version) ?? formatCommand(version.entryPoint),
      engine: draft.engine,
      spec: askedSpec({ spec, schema, command }),
    };
    return differences(before, after, fields);
  }, [value, version, draft, spec, schema, command, run, fields]);
  if (!changes) return null;
  return (
    <section aria-label="Difference to the last run" className={styles.part}>
      <h3 className={styles.title}>Difference to {run.name}</h3>
      {changes.length === 0 ? (
        <p className={styles.quiet}>None: it asks for the same.</p>
      ) : (
        <ul className={`selectable ${styles.changes}`}>
          {changes.map((change, at) => (
            <Change key={at} change={change} />
          ))}
        </ul>
      )}
    </section>
  );
}
