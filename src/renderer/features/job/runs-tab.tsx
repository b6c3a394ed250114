import { Play } from 'lucide-react';
import type { Run } from '../../../shared/domain/run.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { CommandButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { RunsTable } from '../runs/runs-table.tsx';
import type { RunColumns } from '../runs/use-run-columns.ts';

/** The runs of a job, with the values that tell them apart. */
export function RunsTab({ runs, columns }: { runs: readonly Run[]; columns: RunColumns }) {
  if (runs.length > 0) {
    return (
      <RunsTable label="Runs of this job" runs={runs} withJob={false} values={columns.shown} />
    );
  }
  return (
    <Empty
      title="Not run yet"
      action={
        <CommandButton command={COMMANDS.launch} icon={<Play />}>
          Launch…
        </CommandButton>
      }
    >
      Every run of this job will be listed here, with its log and how it was built.
    </Empty>
  );
}
