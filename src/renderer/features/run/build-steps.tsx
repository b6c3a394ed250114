import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { BuildStep } from '../../../shared/domain/run.ts';
import { cx } from '../../lib/cx.ts';
import { formatDuration, plural } from '../../lib/format.ts';
import type { Shape, Tone } from '../../stores/run-states.ts';
import { Mark } from '../../ui/state-mark.tsx';
import { LiveDuration } from '../../ui/time.tsx';
import type { LogFeed } from '../log/log-feed.ts';
import { plainText } from '../log/ansi.ts';
import { useStepOutput, type StepOutput } from './step-output.ts';
import styles from './run.module.css';

const LOOKS: Readonly<Record<BuildStep['state'], { shape: Shape; tone: Tone; word: string }>> = {
  running: { shape: 'dashed', tone: 'blue', word: 'Running' },
  done: { shape: 'check', tone: 'green', word: 'Done' },
  cached: { shape: 'hollow', tone: 'grey', word: 'Cached' },
  failed: { shape: 'cross', tone: 'red', word: 'Failed' },
  cancelled: { shape: 'square', tone: 'grey', word: 'Cancelled' },
};

function Output({ output }: { output: StepOutput | undefined }) {
  if (!output) return <p className={styles.noOutput}>No output.</p>;
  const hidden = output.count - output.last.length;
  return (
    <pre className={`selectable mono ${styles.output}`}>
      {hidden > 0 && `(${plural(hidden, 'earlier line')}: see the full output)\n`}
      {output.last.map(plainText).join('\n')}
    </pre>
  );
}

interface StepProps {
  step: BuildStep;
  open: boolean;
  output: StepOutput | undefined;
  onToggle: () => void;
}

function Step({ step, open, output, onToggle }: StepProps) {
  const { shape, tone, word } = LOOKS[step.state];
  return (
    <li className={styles.step}>
      <button
        type="button"
        aria-expanded={open}
        aria-label={`Step ${step.index + 1}, ${word}: ${step.name}`}
        className={styles.stepHead}
        onClick={onToggle}
      >
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={cx(styles.chevron, open && styles.chevronOpen)}
        />
        <Mark shape={shape} tone={tone} />
        <span className={`mono ellipsis ${styles.stepName}`} title={step.name}>
          {step.name}
        </span>
        <span className={styles.stepWord}>{step.state === 'done' ? '' : word}</span>
        <span className={styles.stepTime}>
          {step.state === 'cached' ? (
            '–'
          ) : step.endedAt === null ? (
            <LiveDuration from={step.startedAt} />
          ) : (
            formatDuration(step.endedAt - step.startedAt)
          )}
        </span>
      </button>
      {open && <Output output={output} />}
    </li>
  );
}

/** The steps of a build. What failed or is under way is open until the reader closes it. */
export function BuildSteps({ steps, feed }: { steps: readonly BuildStep[]; feed: LogFeed | null }) {
  const [toggled, setToggled] = useState<Readonly<Record<number, boolean>>>({});
  const isOpen = ({ index, state }: BuildStep): boolean =>
    toggled[index] ?? (state === 'failed' || state === 'running');
  const outputs = useStepOutput(steps.some(isOpen) ? feed : null);
  return (
    <ol aria-label="Build steps" className={styles.steps}>
      {steps.map((step) => (
        <Step
          key={step.index}
          step={step}
          open={isOpen(step)}
          output={outputs.get(step.index)}
          onToggle={() => setToggled((have) => ({ ...have, [step.index]: !isOpen(step) }))}
        />
      ))}
    </ol>
  );
}
