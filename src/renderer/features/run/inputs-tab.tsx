import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import { GivenEnvironment, GivenFiles, GivenSecrets, GivenSettings } from './given.tsx';
import { InputChanges } from './input-changes.tsx';
import { ValueTree } from '../../ui/value-tree.tsx';
import given from './given.module.css';
import styles from './run.module.css';

function NoInputs({ run }: { run: Run }) {
  return (
    <Empty title="No inputs are known">
      {run.engine === null
        ? 'The run was imported: another tool started it. Its config says what it ran with.'
        : 'The run was started by a version of Slipway that did not keep them.'}
    </Empty>
  );
}

function Command({ argv }: { argv: readonly string[] }) {
  const text = formatCommand(argv);
  return (
    <section aria-label="Command" className={page.section}>
      <div className={styles.valuesHead}>
        <h2>Command</h2>
        <CopyButton text={text} label="Copy command" words="Copy" />
      </div>
      <pre className={`mono selectable ${given.command}`}>{text || 'The image’s own'}</pre>
    </section>
  );
}

function Values({ title, values }: { title: string; values: Record<string, unknown> }) {
  if (Object.keys(values).length === 0) return null;
  return (
    <section aria-label={title} className={page.section}>
      <h2 className={page.heading}>{title}</h2>
      <ValueTree label={title} values={values} />
    </section>
  );
}

/** Everything a run was given, and the exact command that this came to. */
export function InputsTab({ run }: { run: Run }) {
  const { value, error, loading } = useAnswer('runSpec', { runId: run.id });
  if (error) {
    return (
      <div className={page.note}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (loading) return <SkeletonRows label="Reading the inputs" />;
  if (!value) return <NoInputs run={run} />;
  const { spec, delivery } = value;
  return (
    <div className={page.scroll}>
      <div className={page.column}>
        <Command argv={delivery.argv} />
        <InputChanges run={run} given={value} />
        <Values title="Values" values={spec.values} />
        <Values title="Told to wandb.config" values={delivery.config} />
        <GivenFiles files={delivery.files} />
        <GivenEnvironment own={spec.env} all={delivery.env} />
        <GivenSecrets secrets={delivery.secrets} />
        <GivenSettings settings={spec.settings} />
      </div>
    </div>
  );
}
