import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { freshSource, type FreshSource } from './fresh-source.ts';
import { FRESH } from './launch-draft.ts';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import type { View } from './launch-state.ts';
import { setDraft } from './launch-store.ts';
import { readRaw, showRaw } from './raw-text.ts';
import { StartFrom } from './start-from.tsx';
import styles from './launch.module.css';

const VIEWS = [
  { id: 'form', title: 'Form' },
  { id: 'json', title: 'JSON' },
  { id: 'yaml', title: 'YAML' },
] as const;

function codeOptions(fresh: FreshSource | null, versions: readonly JobVersion[]) {
  return [
    ...(fresh ? [{ id: FRESH, title: fresh.title, meta: 'a new version, if it changed' }] : []),
    ...versions.map(({ id, number, aliases }) => ({
      id,
      title: `Version v${number}`,
      meta: aliases.join(', '),
    })),
  ];
}

interface Props {
  job: Job;
  versions: readonly JobVersion[];
  version: JobVersion | undefined;
  runs: readonly Run[];
}

/** Which code, where the values come from, and how they are shown. */
export function LaunchBar({ job, versions, version, runs }: Props) {
  const store = useLaunchStore();
  const code = useLaunch(({ draft }) => draft.code);
  const view = useLaunch((state) => state.view);
  const fresh = freshSource(job, versions[0]);
  const show = async (next: View): Promise<void> => {
    await readRaw(store);
    if (next === 'form') store.setState({ view: 'form' });
    else await showRaw(store, next);
  };
  return (
    <div className={styles.bar}>
      <div className={styles.code}>
        <SelectField
          label="Code"
          value={code === FRESH ? FRESH : (version?.id ?? '')}
          options={codeOptions(fresh, versions)}
          onChange={(next) => setDraft(store, { code: next })}
          hint={code === FRESH ? fresh?.from : null}
        />
      </div>
      {version && <StartFrom jobId={job.id} version={version} runs={runs} />}
      <Segmented
        label="Show the inputs as"
        value={view}
        options={VIEWS}
        onChange={(next) => void show(next)}
      />
    </div>
  );
}
