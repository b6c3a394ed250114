import { ChevronRight, CircleX, Copy } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { copyText } from '../../commands/actions.ts';
import type { BuildStep } from '../../../shared/domain/run.ts';
import { cx } from '../../lib/cx.ts';
import { formatDuration, plural } from '../../lib/format.ts';
import type { Shape, Tone } from '../../stores/run-states.ts';
import { notify } from '../../stores/ui.ts';
import { IconButton } from '../../ui/button.tsx';
import { Mark } from '../../ui/state-mark.tsx';
import { LiveDuration } from '../../ui/time.tsx';
import { highlight, tryMatcher } from '../log/highlight.ts';
import { placeOf } from '../log/log-search.ts';
import type { LogSession } from '../log/log-session.ts';
import { useStepOutput, type StepLine, type StepOutput } from './step-output.ts';
import styles from './build.module.css';

const LOOKS: Readonly<Record<BuildStep['state'], { shape: Shape; tone: Tone; word: string }>> = {
  running: { shape: 'dashed', tone: 'blue', word: 'Running' },
  done: { shape: 'check', tone: 'green', word: 'Done' },
  cached: { shape: 'hollow', tone: 'grey', word: 'Cached' },
  failed: { shape: 'cross', tone: 'red', word: 'Failed' },
  cancelled: { shape: 'square', tone: 'grey', word: 'Cancelled' },
};

interface LinesProps {
  session: LogSession;
  output: StepOutput | undefined;
  onWhole: () => void;
}

function Line({
  line,
  matcher,
  session,
}: { line: StepLine; matcher: RegExp | null } & Pick<LinesProps, 'session'>) {
  const { failing, match, found, query } = useStore(session.state);
  const isFound = found.lines[placeOf(found.lines, line.index)] === line.index;
  const marked = matcher !== null && (isFound || !query.regex);
  const pieces = marked
    ? highlight([{ text: line.text, style: {} }], matcher)
    : [{ text: line.text, match: false }];
  const fails = line.index === failing;
  return (
    <div
      data-line={line.index}
      className={cx(styles.line, fails && styles.failing, line.index === match && styles.current)}
    >
      {fails && <CircleX size={12} aria-label="The failing line" />}
      {pieces.map((piece, at) =>
        piece.match ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
      )}
      {'\n'}
    </div>
  );
}

function Output({ session, output, onWhole }: LinesProps) {
  const query = useStore(session.state, (log) => log.query);
  const matcher = useMemo(() => tryMatcher(query), [query]);
  if (!output) return <p className={styles.noOutput}>No output.</p>;
  const hidden = output.count - output.last.length;
  return (
    <div className={styles.outputArea}>
      {hidden > 0 && (
        <button type="button" className={styles.earlier} onClick={onWhole}>
          {plural(hidden, 'earlier line')} in the full output
        </button>
      )}
      <pre className={`selectable mono ${styles.output}`}>
        {output.last.map((line) => (
          <Line key={line.index} line={line} matcher={matcher} session={session} />
        ))}
      </pre>
    </div>
  );
}

function copyOutput(step: BuildStep, output: StepOutput): void {
  void copyText(output.last.map(({ text }) => `${text}\n`).join(''));
  notify(`Copied ${plural(output.last.length, 'line')} of step ${step.index + 1}.`);
}

interface StepProps extends LinesProps {
  step: BuildStep;
  open: boolean;
  onToggle: () => void;
}

function Step({ step, open, output, onToggle, ...rest }: StepProps) {
  const { shape, tone, word } = LOOKS[step.state];
  return (
    <li className={styles.step}>
      <div className={styles.stepRow}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Step ${step.index + 1}, ${word}: ${step.name}`}
          data-step={step.index}
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
          {step.state !== 'done' && (
            <span className={cx(styles.stepWord, step.state === 'cached' && styles.tag)}>
              {word}
            </span>
          )}
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
        <IconButton
          label={`Copy output of step ${step.index + 1}`}
          icon={<Copy />}
          disabled={!output}
          onClick={() => output && copyOutput(step, output)}
        />
      </div>
      {open && <Output output={output} {...rest} />}
    </li>
  );
}

interface Props {
  steps: readonly BuildStep[];
  session: LogSession;
  /** What is looked at is not among the lines kept of a step. */
  onWhole: () => void;
}

/** The steps of a build. What failed or is under way is open until the reader closes it. */
export function BuildSteps({ steps, session, onWhole }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [toggled, setToggled] = useState<Readonly<Record<number, boolean>>>({});
  const match = useStore(session.state, (log) => log.match);
  const failing = useStore(session.state, (log) => log.failing);
  const outputs = useStepOutput(session.feed);
  const shown = match ?? failing;
  const isOpen = ({ index, state }: BuildStep): boolean =>
    toggled[index] ?? (state === 'failed' || state === 'running');

  // The step of a match opens, and stays open.
  const holder = shown === null ? null : stepOf(outputs, shown);
  if (match !== null && holder !== null && !toggled[holder]) {
    setToggled({ ...toggled, [holder]: true });
  }
  useEffect(() => {
    if (shown === null) return;
    const row = list.current?.querySelector(`[data-line="${shown}"]`);
    row?.scrollIntoView({ block: 'nearest' });
    if (match !== null && outputs.size > 0 && holder === null) onWhole();
    // oxlint-disable-next-line react/exhaustive-deps -- gone to once, not with every line that comes
  }, [shown, holder]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const heads = [...(list.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [])];
    const at = heads.findIndex((head) => head === event.target);
    if (!by || at < 0) return;
    event.preventDefault();
    heads[at + by]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move between the steps' buttons
    <ol ref={list} aria-label="Build steps" className={styles.steps} onKeyDown={onKeyDown}>
      {steps.map((step) => (
        <Step
          key={step.index}
          step={step}
          session={session}
          open={isOpen(step)}
          output={outputs.get(step.index)}
          onToggle={() => setToggled((have) => ({ ...have, [step.index]: !isOpen(step) }))}
          onWhole={onWhole}
        />
      ))}
    </ol>
  );
}

/** The step that printed a line, among the lines that are kept. */
function stepOf(outputs: ReadonlyMap<number, StepOutput>, line: number): number | null {
  for (const [step, { last }] of outputs) {
    if (last.some(({ index }) => index === line)) return step;
  }
  return null;
}
