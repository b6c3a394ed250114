import { useState } from 'react';
import { GitCompareArrows } from 'lucide-react';
import type { RunChanges } from '../../../shared/domain/run-comparison.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { cx } from '../../lib/cx.ts';
import { navigate } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { SECTION_TITLES } from '../compare/sections.ts';
import page from '../frame/page.module.css';
import styles from './changes-card.module.css';

/** Changes that are shown before one asks for the others. */
const SHOWN = 8;

function Side({ text, none }: { text: string | null; none: string }) {
  return text === null ? (
    <span className={styles.none}>{none}</span>
  ) : (
    <span className="mono selectable">{text}</span>
  );
}

type Change = RunChanges['changes'][number];

function ChangeRow({ section, text, before, after }: Change) {
  const hasSides = before !== null || after !== null;
  return (
    <li className={styles.change}>
      <span className={styles.section}>{SECTION_TITLES[section]}</span>
      <span className={cx('selectable', !hasSides && styles.alone)}>{text}</span>
      {hasSides && (
        <span className={styles.sides}>
          <span className={styles.before}>
            <Side text={before} none="not set" />
          </span>
          <span aria-label="then" className={styles.arrow}>
            →
          </span>
          <Side text={after} none="not set" />
        </span>
      )}
    </li>
  );
}

function ChangeList({ changes }: { changes: readonly Change[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, SHOWN);
  return (
    <>
      <ul aria-label="Changes" className={styles.list}>
        {shown.map((change, i) => (
          <ChangeRow key={i} {...change} />
        ))}
      </ul>
      {shown.length < changes.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show all {changes.length} changes
        </Button>
      )}
    </>
  );
}

function Answer({ run, value }: { run: Run; value: RunChanges }) {
  const { good, changes } = value;
  if (!good) {
    return (
      <p className={page.lead}>
        No run of this job finished before this one: there is nothing to hold it against.
      </p>
    );
  }
  return (
    <>
      <p className={page.lead}>
        Since{' '}
        <button
          type="button"
          className={styles.link}
          onClick={() => navigate({ page: 'run', runId: good.id, tab: 'overview' })}
        >
          {good.name}
        </button>
        , which finished <RelativeTime at={good.endedAt ?? good.createdAt} />
        {changes.length === 0 &&
          ': nothing. Code, inputs, settings and environment are the same, so look at data, network or chance.'}
      </p>
      <ChangeList changes={changes} />
      <Button
        icon={<GitCompareArrows />}
        onClick={() => navigate({ page: 'compare', runIds: [good.id, run.id] })}
      >
        Compare both
      </Button>
    </>
  );
}

function Changes({ run }: { run: Run }) {
  const { value, error } = useAnswer('runChanges', { runId: run.id });
  if (error) return <ErrorNote error={error} />;
  if (!value) return <SkeletonRows label="Looking for changes" rows={3} />;
  return <Answer run={run} value={value} />;
}

const isBroken = ({ state }: Run): boolean => state === 'failed' || state === 'crashed';

/** What is different since the last run of the job that finished: at once for one that did not. */
export function ChangesCard({ run }: { run: Run }) {
  const [asked, setAsked] = useState(false);
  const open = asked || isBroken(run);
  if (!open) {
    return (
      <Button look="quiet" className={styles.ask} onClick={() => setAsked(true)}>
        What changed since the last good run?
      </Button>
    );
  }
  return (
    <section aria-label="What changed" className={styles.card}>
      <h2>What changed</h2>
      <Changes run={run} />
    </section>
  );
}
