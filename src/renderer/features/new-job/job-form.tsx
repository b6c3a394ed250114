import type { SnapshotPreview } from '../../../shared/domain/snapshot.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { useEntities } from '../../stores/entities.ts';
import { jobNamed, projectsByName } from '../../stores/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { ComboField } from '../../ui/combo-field.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { offeredName, type FieldErrors } from './field-errors.ts';
import styles from './new-job.module.css';

export interface JobDraft {
  name: string;
  project: string;
  entryPoint: string;
}

interface Props {
  draft: JobDraft;
  preview: SnapshotPreview;
  errors: FieldErrors;
  disabled: boolean;
  onChange: (change: Partial<JobDraft>) => void;
  onSubmit: () => void;
}

/** What the job will be called and how it starts. */
export function JobForm({ draft, preview, errors, disabled, onChange, onSubmit }: Props) {
  const { jobs, projects } = useEntities();
  const same = jobNamed(jobs, draft.project, draft.name);
  const known = Object.values(projects).some(({ name }) => name === draft.project);
  const offer = offeredName(errors.name);
  const candidates = preview.entryPoints.map(({ words, evidence }) => ({
    value: formatCommand(words),
    title: <span className="mono">{formatCommand(words)}</span>,
    text: evidence,
  }));
  return (
    <form
      aria-label="New job"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <fieldset disabled={disabled} className={styles.fields}>
        <TextField
          label="Job name"
          value={draft.name}
          error={errors.name}
          hint={
            same
              ? `Becomes v${same.latestVersion + 1} of ${same.name}, if anything changed`
              : 'A new job, starting with v0'
          }
          onChange={(name) => onChange({ name })}
        />
        {offer && (
          <Button className={styles.offer} onClick={() => onChange({ name: offer })}>
            Use {offer}
          </Button>
        )}
        <ComboField
          label="Project"
          value={draft.project}
          options={projectsByName(projects).map(({ name }) => name)}
          error={errors.project}
          hint={known || !draft.project ? undefined : 'A new project'}
          onChange={(project) => onChange({ project })}
        />
        <TextField
          label="Entry point"
          mono
          value={draft.entryPoint}
          placeholder="python main.py"
          error={errors.entryPoint}
          hint={
            candidates.length === 0
              ? 'Nothing in the folder tells how it starts: write the command'
              : 'The command that starts the code, inside the folder'
          }
          onChange={(entryPoint) => onChange({ entryPoint })}
        />
        {candidates.length > 0 && (
          <ChoiceList
            label={
              candidates.length === 1
                ? 'Found in the folder'
                : 'Found in the folder, likeliest first'
            }
            value={draft.entryPoint}
            choices={candidates}
            onChange={(entryPoint) => onChange({ entryPoint })}
          />
        )}
        <Facts>
          <Fact name="Dependencies">
            {preview.dependencies ? (
              <span className="mono">{preview.dependencies}</span>
            ) : (
              'None named: no requirements.txt or pyproject.toml'
            )}
          </Fact>
        </Facts>
      </fieldset>
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
        Create
      </button>
    </form>
  );
}
