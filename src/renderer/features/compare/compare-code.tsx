import { useState } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { Empty } from '../../ui/empty.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import page from '../frame/page.module.css';
import { Differences } from './version-changes.tsx';
import styles from './compare-table.module.css';

/** How the versions of two of the runs differ, down to the lines of their files. */
export function CompareCode({ runs }: { runs: readonly Run[] }) {
  const base = runs[0]!;
  const others = runs.slice(1);
  const other = others.find(({ versionId }) => versionId !== base.versionId) ?? others[0]!;
  const [chosen, setChosen] = useState<readonly [string, string]>([base.id, other.id]);
  const runOf = (id: string, otherwise: Run): Run => runs.find((run) => run.id === id) ?? otherwise;
  const [before, after] = [runOf(chosen[0], base), runOf(chosen[1], other)];
  const options = runs.map(({ id, name, jobName, versionNumber }) => ({
    id,
    title: name,
    meta: `${jobName} v${versionNumber}`,
  }));
  return (
    <div className={page.scroll}>
      <div className={styles.code}>
        <div className={styles.codePicks}>
          <SelectField
            label="Before"
            value={before.id}
            options={options}
            onChange={(id) => setChosen([id, after.id])}
          />
          <SelectField
            label="After"
            value={after.id}
            options={options}
            onChange={(id) => setChosen([before.id, id])}
          />
        </div>
        {before.versionId === after.versionId ? (
          <Empty title="The same code">
            Both ran {before.jobName} v{before.versionNumber}.
          </Empty>
        ) : (
          <Differences before={before.versionId} after={after.versionId} />
        )}
      </div>
    </div>
  );
}
