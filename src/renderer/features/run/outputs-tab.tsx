import { FolderOpen } from 'lucide-react';
import type { RunOutput } from '../../../shared/domain/run-output.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { openOutputs } from '../../commands/actions.ts';
import { fileSize } from '../../../shared/units.ts';
import { plural } from '../../lib/format.ts';
import { isActive } from '../../stores/run-states.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import page from '../frame/page.module.css';
import given from './given.module.css';
import styles from './run.module.css';

function NoOutputs({ run }: { run: Run }) {
  if (isActive(run)) {
    return <Empty title="No outputs yet">They are kept when the run ends.</Empty>;
  }
  return (
    <Empty title="No outputs were kept">
      Name the files and folders to keep in the settings of a launch, and they will be here.
    </Empty>
  );
}

function Output({ output }: { output: RunOutput }) {
  const { path, files, bytes, problem } = output;
  return (
    <li className={given.outputRow}>
      <span className={`mono selectable ${given.outputPath}`}>{path}</span>
      <span className="meta">{plural(files, 'file')}</span>
      <span className={`mono ${given.outputSize}`}>{fileSize(bytes)}</span>
      {problem !== null && <span className={given.outputProblem}>{problem}</span>}
    </li>
  );
}

/** The files and folders that the run left behind and that were kept. */
export function OutputsTab({ run }: { run: Run }) {
  return <Outputs key={run.state} run={run} />;
}

function Outputs({ run }: { run: Run }) {
  const { value, error } = useAnswer('runOutputs', { runId: run.id });
  if (error) {
    return (
      <div className={page.note}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (!value) return <SkeletonRows label="Reading the outputs" />;
  if (value.length === 0) return <NoOutputs run={run} />;
  return (
    <div className={page.scroll}>
      <div className={page.column}>
        <div className={styles.valuesHead}>
          <h2>Outputs</h2>
          {value.some(({ files }) => files > 0) && (
            <Button look="quiet" icon={<FolderOpen />} onClick={() => void openOutputs(run)}>
              Open folder
            </Button>
          )}
        </div>
        <ul aria-label="Outputs">
          {value.map((output) => (
            <Output key={output.path} output={output} />
          ))}
        </ul>
      </div>
    </div>
  );
}
