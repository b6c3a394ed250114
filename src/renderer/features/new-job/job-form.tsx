import type { ReactNode } from 'react';
import { useEntities } from '../../stores/entities.ts';
import { jobNamed, projectsByName } from '../../stores/selectors.ts';
import { AreaField } from '../../ui/area-field.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceList, type Choice } from '../../ui/choice-list.tsx';
import { ComboField } from '../../ui/combo-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import { offeredName, type FieldErrors } from './field-errors.ts';
import type { JobDraft } from './job-draft.ts';
import styles from './new-job.module.css';

export interface EntryOffer {
  /** Entry points that were found, likeliest first. */
  candidates: readonly Choice[];
  hint: string;
  placeholder: string;
  /** One of the candidates was chosen. */
  onPick?: (entryPoint: string) => void;
}

interface Props {
  draft: JobDraft;
  /** What the job is called when no name is given. */
  derivedName: string;
  entry: EntryOffer;
  errors: FieldErrors;
  disabled: boolean;
  /** An image is run as it is: nothing is built. */
  built: boolean;
  /** Above the fields: what they are about. */
  lead?: ReactNode;
  onChange: (change: Partial<JobDraft>) => void;
  onSubmit: () => void;
}

function NameFields({ draft, derivedName, errors, onChange }: Props) {
  const { jobs, projects } = useEntities();
  const same = jobNamed(jobs, draft.project, draft.name.trim() || derivedName);
  const known = Object.values(projects).some(({ name }) => name === draft.project);
  const offer = offeredName(errors.name);
  return (
    <>
      <TextField
        label="Job name"
        value={draft.name}
        placeholder={derivedName}
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
    </>
  );
}

function EntryFields({ draft, entry, errors, onChange }: Props) {
  const { candidates, hint, placeholder, onPick } = entry;
  return (
    <>
      <TextField
        label="Entry point"
        mono
        value={draft.entryPoint}
        placeholder={placeholder}
        error={errors.entryPoint}
        hint={hint}
        onChange={(entryPoint) => onChange({ entryPoint })}
      />
      {candidates.length > 0 && (
        <ChoiceList
          label={
            candidates.length === 1 ? 'Found in the code' : 'Found in the code, likeliest first'
          }
          value={draft.entryPoint}
          choices={candidates}
          onChange={(entryPoint) => {
            onChange({ entryPoint });
            onPick?.(entryPoint);
          }}
        />
      )}
    </>
  );
}

/** What the job will be called, how it starts, and how it is built. */
export function JobForm(props: Props) {
  const { draft, errors, disabled, built, lead, onChange, onSubmit } = props;
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
        {lead}
        <NameFields {...props} />
        <EntryFields {...props} />
        <AreaField
          label="Description"
          value={draft.description}
          placeholder="What the job is for"
          onChange={(description) => onChange({ description })}
        />
        <AdvancedFields draft={draft} errors={errors} built={built} onChange={onChange} />
      </fieldset>
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
        Create
      </button>
    </form>
  );
}
