import { useEffect, useId, useRef } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../lib/cx.ts';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import { readRaw, typeRaw } from './raw-text.ts';
import { ProblemText } from './problem-text.tsx';
import styles from './raw.module.css';

const PAUSE_MS = 200;

function LineNumbers({ count, wrong }: { count: number; wrong: number | null | undefined }) {
  return (
    <div className={styles.numbers} aria-hidden="true">
      {Array.from({ length: count }, (_, at) => (
        <div key={at} className={cx(at + 1 === wrong && styles.wrongLine)}>
          {at + 1}
        </div>
      ))}
    </div>
  );
}

/** Everything in `values` that has a problem of its own, as text under the editor. */
function ValueProblems() {
  const problems = useLaunch((state) => state.problems);
  const stale = useLaunch(({ spec, planned }) => planned !== null && planned.spec !== spec);
  const own = Object.entries(problems).filter(([place]) => place.startsWith('values.'));
  return own.map(([place, problem]) => <ProblemText key={place} problem={problem} stale={stale} />);
}

/** The same values as one text. */
export function RawView() {
  const store = useLaunchStore();
  const id = useId();
  const raw = useLaunch((state) => state.raw);
  const view = useLaunch((state) => state.view);
  const area = useRef<HTMLTextAreaElement>(null);
  const text = raw?.text ?? '';
  useEffect(() => {
    const timer = setTimeout(() => void readRaw(store), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [store, text]);
  if (!raw) return null;
  const { problem } = raw;
  const goTo = (): void => {
    const lines = text.split('\n');
    const line = (problem?.line ?? 1) - 1;
    const before = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
    const at = before + (problem?.column ?? 1) - 1;
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
  };
  return (
    <div className={styles.raw} data-place="raw">
      <div className={styles.editor}>
        <LineNumbers count={text.split('\n').length} wrong={problem?.line} />
        <textarea
          ref={area}
          aria-label={`Values as ${view.toUpperCase()}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={id}
          value={text}
          wrap="off"
          rows={Math.max(12, text.split('\n').length + 1)}
          spellCheck={false}
          className={cx('mono', styles.text)}
          onChange={({ target }) => typeRaw(store, target.value)}
          onBlur={() => void readRaw(store)}
        />
      </div>
      <div id={id} className={styles.under}>
        {problem && (
          <>
            <ProblemText problem={problem} />
            {problem.line !== null && (
              <button type="button" className={styles.goTo} onClick={goTo}>
                Go to line {problem.line}
              </button>
            )}
          </>
        )}
        {!problem && <ValueProblems />}
        <CopyButton text={text} label="Copy values" words="Copy" />
      </div>
    </div>
  );
}
