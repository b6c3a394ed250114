import { Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { loadSweeps } from '../../bridge/sync.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { sweepsOf } from '../../stores/selectors.ts';
import { navigate } from '../../stores/ui.ts';
import { CommandButton } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import page from '../frame/page.module.css';
import { StatesBar } from './states-bar.tsx';
import { inputsOf } from './sweep-words.ts';

const COLUMNS: readonly Column<Sweep>[] = [
  {
    id: 'name',
    title: 'Sweep',
    width: 'minmax(112px, 1.2fr)',
    cell: ({ name }) => <span title={name}>{name}</span>,
    sort: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  {
    id: 'inputs',
    title: 'Over',
    width: 'minmax(88px, 1fr)',
    cell: ({ plan }) => (
      <span className="mono" title={inputsOf(plan).join(', ')}>
        {inputsOf(plan).join(', ')}
      </span>
    ),
  },
  {
    id: 'states',
    title: 'Cells by state',
    width: 'minmax(144px, 1fr)',
    cell: ({ states }) => <StatesBar states={states} bare />,
  },
  {
    id: 'cells',
    title: 'Cells',
    width: '48px',
    end: true,
    cell: ({ cells }) => <span className="mono">{formatCount(cells)}</span>,
    sort: (a, b) => a.cells - b.cells,
  },
  {
    id: 'version',
    title: 'Version',
    width: '56px',
    cell: ({ versionNumber }) => <span className="mono">v{versionNumber}</span>,
    sort: (a, b) => a.versionNumber - b.versionNumber,
  },
  {
    id: 'created',
    title: 'Created',
    width: '88px',
    dim: true,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    sort: (a, b) => a.createdAt - b.createdAt,
  },
];

const keyOf = ({ id }: Sweep): string => id;
const open = ({ id }: Sweep): void => navigate({ page: 'sweep', sweepId: id });

/** The sweeps of a job. */
export function SweepsTab({ jobId }: { jobId: string }) {
  const all = useEntities((entities) => entities.sweeps);
  const sweeps = useMemo(() => sweepsOf(all, jobId), [all, jobId]);
  const [read, setRead] = useState<{ error: ErrorData | null } | null>(null);
  useEffect(() => void loadSweeps(jobId).then((error) => setRead({ error })), [jobId]);
  if (sweeps.length > 0) {
    return (
      <DataGrid
        label="Sweeps of this job"
        rows={sweeps}
        rowKey={keyOf}
        columns={COLUMNS}
        onOpen={open}
      />
    );
  }
  if (!read) return <SkeletonRows label="Reading sweeps" />;
  if (read.error) {
    return (
      <div className={page.note}>
        <ErrorNote error={read.error} />
      </div>
    );
  }
  return (
    <Empty
      title="No sweeps yet"
      action={
        <CommandButton command={COMMANDS.launch} icon={<Play />}>
          Launch…
        </CommandButton>
      }
    >
      A sweep runs this job over several values of its inputs. Give an input more than one value in
      the launch form.
    </Empty>
  );
}
