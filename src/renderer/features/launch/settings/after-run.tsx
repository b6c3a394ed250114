import { useId } from 'react';
import type { Retry } from '../../../../shared/domain/launch-spec.ts';
import { Chips } from '../../../ui/chips.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setSettings } from '../launch-store.ts';
import { PairRows } from './pair-rows.tsx';
import { SettingRow } from './setting-row.tsx';
import { WordRows } from './word-rows.tsx';
import styles from '../inputs.module.css';

const ENDS = [
  { id: 'failed', title: 'when it failed' },
  { id: 'crashed', title: 'when its engine was lost' },
] as const;
const FIRST_RETRY: Retry = { on: ['failed', 'crashed'], times: 2, waitSeconds: 30 };

interface NumberProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}

/** A whole number that is always one: what is no number changes nothing. */
function Count({ label, value, least, most, onChange }: NumberProps) {
  const id = useId();
  const put = (next: number): void => {
    if (Number.isInteger(next)) onChange(Math.min(most, Math.max(least, next)));
  };
  return (
    <span className={styles.inlineField}>
      <label htmlFor={id} className="meta">
        {label}
      </label>
      <NumberInput
        id={id}
        value={String(value)}
        onChange={(text) => put(Number(text))}
        onStep={(by) => put(value + by)}
      />
    </span>
  );
}

function RetryRow() {
  const store = useLaunchStore();
  const retry = useLaunch(({ spec }) => spec.settings.retry);
  const put = (next: Retry | null): void => setSettings(store, { retry: next });
  const toggle = (end: Retry['on'][number]): void => {
    if (!retry) return;
    const on = retry.on.includes(end)
      ? retry.on.filter((each) => each !== end)
      : [...retry.on, end];
    put(on.length > 0 ? { ...retry, on } : null);
  };
  return (
    <SettingRow
      label="Try again"
      place="settings.retry"
      help="Each try is a run of its own; one that you stop is not tried again"
      changed={retry !== null}
      onReset={() => put(null)}
    >
      <Switch label="Try again" on={retry !== null} onChange={(on) => put(on ? FIRST_RETRY : null)}>
        <span className="meta">{retry ? 'On' : 'Off'}</span>
      </Switch>
      {retry && (
        <div className={styles.list}>
          <Chips
            label="Try again after"
            options={ENDS}
            chosen={new Set(retry.on)}
            onToggle={(id) => toggle(id as Retry['on'][number])}
          />
          <div className={styles.inlineFields}>
            <Count
              label="at most"
              {...{ value: retry.times, least: 1, most: 100 }}
              onChange={(times) => put({ ...retry, times })}
            />
            <Count
              label="seconds between"
              {...{ value: retry.waitSeconds, least: 0, most: 86_400 }}
              onChange={(waitSeconds) => put({ ...retry, waitSeconds })}
            />
          </div>
        </div>
      )}
    </SettingRow>
  );
}

function IdenticalRow() {
  const store = useLaunchStore();
  const skip = useLaunch(({ spec }) => spec.settings.skipIdentical);
  return (
    <SettingRow
      label="Skip identical"
      place="settings.skipIdentical"
      help="Take a finished run of the same version and inputs instead of starting"
      changed={skip}
      onReset={() => setSettings(store, { skipIdentical: false })}
    >
      <Switch
        label="Skip identical"
        on={skip}
        onChange={(on) => setSettings(store, { skipIdentical: on })}
      >
        <span className="meta">{skip ? 'On' : 'Off'}</span>
      </Switch>
    </SettingRow>
  );
}

/** A setting that is a list of texts. */
function WordsRow(props: {
  name: 'outputs' | 'metricPatterns';
  label: string;
  what: string;
  placeholder: string;
  help: string;
}) {
  const { name, label, what, placeholder, help } = props;
  const store = useLaunchStore();
  const words = useLaunch(({ spec }) => spec.settings[name]);
  const put = (next: string[]): void => setSettings(store, { [name]: next });
  return (
    <SettingRow
      {...{ label, help }}
      place={`settings.${name}`}
      changed={words.length > 0}
      onReset={() => put([])}
    >
      <WordRows {...{ what, placeholder, words }} onChange={put} />
    </SettingRow>
  );
}

function LabelsRow() {
  const store = useLaunchStore();
  const labels = useLaunch(({ spec }) => spec.settings.labels);
  return (
    <SettingRow
      label="Labels"
      place="settings.labels"
      help="Of the container; may hold ${run_name}, ${run_id}, ${project_name}"
      changed={Object.keys(labels).length > 0}
      onReset={() => setSettings(store, { labels: {} })}
    >
      <PairRows
        what="label"
        namePlaceholder="name"
        values={labels}
        isWrong={() => false}
        onChange={(values) => setSettings(store, { labels: values })}
      />
    </SettingRow>
  );
}

/** What is kept of the run, and what happens after it. */
export function AfterRun() {
  return (
    <>
      <WordsRow
        name="outputs"
        label="Outputs"
        what="output"
        placeholder="results/"
        help="Files and folders to keep when it ends"
      />
      <WordsRow
        name="metricPatterns"
        label="Printed metrics"
        what="pattern"
        placeholder="loss: {loss} acc {acc}"
        help="Lines of the log that carry metrics, with {step} for the step"
      />
      <RetryRow />
      <IdenticalRow />
      <LabelsRow />
    </>
  );
}
