import { Play } from 'lucide-react';
import { COMMANDS } from '../../commands/registry.ts';
import { CommandButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { RunControls, RunCount, RunSearch } from '../runs/filter-bar.tsx';
import filters from '../runs/filters.module.css';
import { RunList } from '../runs/run-list.tsx';
import { useRunList } from '../runs/use-run-list.ts';

/** The runs of a job, with the values that tell them apart. */
export function RunsTab({ jobId }: { jobId: string }) {
  const list = useRunList(`job ${jobId}`, { jobId });
  return (
    <RunList
      label="Runs of this job"
      list={list}
      empty={
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
      }
      bar={(addCondition) =>
        list.shown?.all !== 0 && (
          <div className={filters.bar}>
            <span className={`meta ${filters.count}`}>
              <RunCount list={list} />
            </span>
            <RunSearch list={list} />
            <RunControls list={list} onAddCondition={addCondition} />
          </div>
        )
      }
    />
  );
}
