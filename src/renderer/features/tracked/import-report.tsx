import type { ReactNode } from 'react';
import type { ImportedRun } from '../../../shared/domain/tracked.ts';
import { baseName, plural } from '../../lib/format.ts';
import type { Shape, Tone } from '../../stores/run-states.ts';
import { navigate } from '../../stores/ui.ts';
import { Mark } from '../../ui/state-mark.tsx';
import styles from './tracked.module.css';

const LOOKS: Readonly<Record<ImportedRun['outcome'], { shape: Shape; tone: Tone; word: string }>> =
  {
    imported: { shape: 'check', tone: 'green', word: 'Imported' },
    known: { shape: 'hollow', tone: 'grey', word: 'Known' },
    skipped: { shape: 'square', tone: 'amber', word: 'Skipped' },
  };

/** "2 imported, 1 known, 1 skipped". */
function counts(report: readonly ImportedRun[]): string {
  const count = (outcome: ImportedRun['outcome']): number =>
    report.filter((run) => run.outcome === outcome).length;
  return (['imported', 'known', 'skipped'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${outcome}`)
    .join(', ');
}

function Row({ run }: { run: ImportedRun }) {
  const { shape, tone, word } = LOOKS[run.outcome];
  const { runId } = run;
  const name = baseName(run.folder);
  return (
    <li className={styles.run}>
      <Mark shape={shape} tone={tone} />
      <div className={styles.runBody}>
        <p className={styles.runHead}>
          {runId === null ? (
            <span className={`mono ellipsis ${styles.runName}`} title={run.folder}>
              {name}
            </span>
          ) : (
            <button
              type="button"
              className={`mono ellipsis ${styles.runName} ${styles.link}`}
              title={run.folder}
              onClick={() => navigate({ page: 'run', runId, tab: 'values' })}
            >
              {name}
            </button>
          )}
          <span className={styles.outcome}>{word}</span>
        </p>
        <p className={`selectable ${styles.text}`}>{run.text}</p>
        {run.problems.map((problem) => (
          <p key={problem} className={`selectable ${styles.problem}`}>
            {problem}
          </p>
        ))}
      </div>
    </li>
  );
}

interface Props {
  folder: string;
  report: readonly ImportedRun[];
  /** What can be done with the folder. */
  children: ReactNode;
}

/** What became of each run folder. */
export function ImportReport({ folder, report, children }: Props) {
  return (
    <section aria-label="Import report" className={styles.report}>
      <div className={styles.reportHead}>
        <div className={styles.runBody}>
          <h2>{report.length === 0 ? 'No runs here' : counts(report)}</h2>
          <p className="meta selectable ellipsis" title={folder}>
            {folder}
          </p>
        </div>
        {children}
      </div>
      {report.length === 0 ? (
        <p className={styles.none}>
          A run is a folder such as wandb/run-… or wandb/offline-run-…: choose the folder that holds
          them, or one above it.
        </p>
      ) : (
        <ul aria-label={plural(report.length, 'run')}>
          {report.map((run) => (
            <Row key={run.folder} run={run} />
          ))}
        </ul>
      )}
    </section>
  );
}
