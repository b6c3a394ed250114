import { ChevronDown, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { InputPreset } from '../../../shared/domain/inputs.ts';
import type { JobVersion } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { plural } from '../../lib/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import buttons from '../../ui/button.module.css';
import menu from '../../ui/menu.module.css';
import { RunMark } from '../../ui/state-mark.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { takeFromRun } from './drafts.ts';
import { EMPTY_SPEC } from '../../../shared/domain/launch-spec.ts';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import { putFitted } from './launch-store.ts';
import { putSaved } from './put-saved.ts';
import { SavePreset } from './save-preset.tsx';
import styles from './start-from.module.css';

const NO_PRESETS: readonly InputPreset[] = [];

interface RowProps {
  title: string;
  meta: ReactNode;
  onChoose: () => void;
  children?: ReactNode;
}

function Row({ title, meta, onChoose, children }: RowProps) {
  return (
    <li className={styles.row}>
      <button type="button" className={styles.choose} onClick={onChoose}>
        <span className="ellipsis">{title}</span>
        <span className={styles.meta}>{meta}</span>
      </button>
      {children}
    </li>
  );
}

interface Props {
  jobId: string;
  version: JobVersion;
  runs: readonly Run[];
}

function Choices({ jobId, version, runs, onDone }: Props & { onDone: () => void }) {
  const store = useLaunchStore();
  const presets = useLaunch(({ schema }) => schema?.presets ?? NO_PRESETS);
  const [error, setError] = useState<ErrorData | null>(null);

  const take = async ({ name, kind }: InputPreset): Promise<void> => {
    const answer = await call('presetValues', { versionId: version.id, name, kind });
    if (!answer.ok) return setError(answer.error);
    putFitted(store, answer.value, `preset ${name}`);
    onDone();
  };
  const remove = async (name: string): Promise<void> => {
    const answer = await call('removePreset', { jobId, name });
    if (answer.ok) putSaved(store, answer.value);
    else setError(answer.error);
  };
  const takeRun = async ({ id: runId, name }: Run): Promise<void> => {
    await takeFromRun(store, { runId, name, versionId: version.id });
    onDone();
  };
  const clear = (): void => {
    putFitted(store, { spec: EMPTY_SPEC, dropped: [], notes: [] }, null);
    store.setState({ texts: {} });
    onDone();
  };

  return (
    <div className={styles.choices}>
      {error && <ErrorNote error={error} />}
      <ul aria-label="Start from">
        <Row title="The code’s own defaults" meta="clears the form" onChoose={clear} />
      </ul>
      {presets.length > 0 && <h3 className={styles.head}>Presets</h3>}
      <ul aria-label="Presets">
        {presets.map((preset) => (
          <Row
            key={`${preset.kind} ${preset.name}`}
            title={preset.name}
            meta={`${preset.path ?? 'saved'} · ${plural(preset.keys, 'value')}`}
            onChoose={() => void take(preset)}
          >
            {preset.kind === 'saved' && (
              <IconButton
                label={`Remove preset ${preset.name}`}
                icon={<Trash2 />}
                onClick={() => void remove(preset.name)}
              />
            )}
          </Row>
        ))}
      </ul>
      {runs.length > 0 && <h3 className={styles.head}>Earlier runs</h3>}
      <ul aria-label="Earlier runs" className={styles.runs}>
        {runs.map((run) => (
          <Row
            key={run.id}
            title={run.name}
            meta={
              <>
                <RunMark run={run} /> v{run.versionNumber} · <RelativeTime at={run.createdAt} />
              </>
            }
            onChoose={() => void takeRun(run)}
          />
        ))}
      </ul>
      <SavePreset jobId={jobId} presets={presets} onError={setError} />
    </div>
  );
}

/** Where the values can be taken from: a preset, an earlier run, or nothing but the defaults. */
export function StartFrom(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton className={`${buttons.button} ${buttons.plain}`}>
        Start from
        <ChevronDown size={14} aria-hidden="true" />
      </AriaButton>
      <Popover className={`${menu.popover} ${styles.popover}`} offset={4} placement="bottom end">
        <Dialog aria-label="Start from" className={styles.dialog ?? ''}>
          <Choices {...props} onDone={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
