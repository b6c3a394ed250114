import { Play } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { InputField } from '../../../shared/domain/inputs.ts';
import type { LaunchProblem } from '../../../shared/domain/launch-spec.ts';
import type { QueuePlacement } from '../../../shared/domain/queue.ts';
import type { RewritePolicy } from '../../../shared/domain/run.ts';
import type { Sweep, SweepPreview } from '../../../shared/domain/sweep.ts';
import { call } from '../../bridge/client.ts';
import { useOperation } from '../../bridge/use-operation.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { PreflightNote } from '../launch/preflight-note.tsx';
import { useLaunchKey } from '../launch/use-launch-key.ts';
import { CellsPreview } from './cells-preview.tsx';
import { SweepControls } from './sweep-controls.tsx';
import { readSweep, type SweepDraft } from './sweep-draft.ts';
import { useSweepPreview } from './use-sweep-preview.ts';
import styles from './sweep-footer.module.css';

interface Props {
  /** What every cell is given beside its own values, and what it is launched from. */
  launch: Omit<CommandInput<'planSweep'>, 'plan'>;
  /** Of the version that the cells run; null when the job's source is taken again first. */
  versionNumber: number | null;
  /** What is done before the cells are queued, in words. */
  doing: string;
  fields: readonly InputField[];
  /** How the cells are put into a queue; undefined when they start at once. */
  queue: QueuePlacement | undefined;
  /** What keeps them from being put there. */
  hindered: string | null;
  draft: SweepDraft;
  onChange: (draft: SweepDraft) => void;
  /** Told of the first cell whenever another one is; of none when this is left. */
  onFirst: (first: { values: SweepPreview['first'][number]; of: number } | null) => void;
  onStarted: (sweep: Sweep) => void;
}

function Problems({ text, problems }: { text: string | null; problems: readonly LaunchProblem[] }) {
  if (text) return <p className={styles.waiting}>{text}</p>;
  return (
    <ul role="alert" aria-label="What keeps the sweep from starting" className={styles.problems}>
      {problems.map(({ code, path, message, next }) => (
        <li key={code + path + message}>
          {message} {next && <span className={styles.next}>{next}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The part of the launch form that makes one launch many: which cells, how many at a time, and the start. */
export function SweepFooter(props: Props) {
  const { launch, versionNumber, doing, fields, queue, draft, onChange, onFirst, onStarted } =
    props;
  const operation = useOperation();
  const read = readSweep(draft, fields);
  const wrong = 'problem' in read ? read.problem : props.hindered;
  const preview = useSweepPreview('plan' in read ? { ...launch, plan: read.plan } : null);
  const { value, error } = preview;
  const failed = operation.error ?? error;
  const problems = value?.problems ?? [];
  const ready =
    'plan' in read && wrong === null && preview.current && value !== null && problems.length === 0;

  const verb = queue ? 'Queue' : 'Start';

  const tellFirst = useEffectEvent(onFirst);
  useEffect(() => {
    const values = wrong ? undefined : value?.first[0];
    tellFirst(value && values ? { values, of: value.cells } : null);
  }, [value, wrong]);
  useEffect(() => () => tellFirst(null), []);

  const start = async (rewrite: RewritePolicy = 'ask'): Promise<void> => {
    if (!('plan' in read)) return;
    const started = await operation.run((operationId) =>
      call('startSweep', {
        ...launch,
        ...read,
        operationId,
        rewrite,
        ...(queue && { queue }),
        ...(versionNumber === null && { fresh: true }),
        ...(draft.name.trim() && { name: draft.name.trim() }),
      }),
    );
    if (started) onStarted(started);
  };
  useLaunchKey(() => {
    if (ready && !operation.running) void start();
  });
  return (
    <section aria-label="Sweep" className={styles.footer}>
      {value && !wrong && <CellsPreview preview={value} />}
      {(wrong || problems.length > 0) && <Problems text={wrong} problems={problems} />}
      {failed?.code === 'E_PREFLIGHT' ? (
        <PreflightNote error={failed} onRewrite={() => void start('auto')} />
      ) : (
        failed && <ErrorNote error={failed} />
      )}
      <div className={styles.row}>
        <SweepControls draft={draft} onChange={onChange} />
        {!operation.running && (
          <Button
            look="primary"
            className={styles.start}
            icon={<Play />}
            disabled={!ready}
            onClick={() => void start()}
          >
            {value && !wrong ? `${verb} ${plural(value.cells, 'run')}` : `${verb} runs`}
            {versionNumber !== null && ` of v${versionNumber}`}
          </Button>
        )}
      </div>
      {operation.running && (
        <Progress label={doing} progress={operation.progress} onCancel={operation.cancel} />
      )}
    </section>
  );
}
