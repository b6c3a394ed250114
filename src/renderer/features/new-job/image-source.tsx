import { useState } from 'react';
import { registryHost } from '../../lib/host-of.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AuthNote } from '../logins/auth-note.tsx';
import page from '../frame/page.module.css';
import { FORM_FIELDS } from './field-errors.ts';
import type { JobDraft } from './job-draft.ts';
import { JobForm } from './job-form.tsx';
import { useKept } from './kept.tsx';
import { CreateActions } from './toolbar-actions.tsx';
import { useCreateJob } from './use-create-job.ts';
import { useDerivedName } from './use-derived-name.ts';
import { useDraft } from './use-draft.ts';
import styles from './new-job.module.css';

const ENTRY = {
  candidates: [],
  placeholder: 'The image’s own',
  hint: 'Only to start something else than the image starts by itself',
};

/** An image that is run as it is, pinned by its digest. */
export function ImageSource({ suggested }: { suggested: Partial<JobDraft> }) {
  const [reference, setReference] = useKept('image reference', '');
  const creating = useCreateJob(FORM_FIELDS.image);
  const { draft, change } = useDraft('image', suggested);
  const [launching, setLaunching] = useState(false);
  const { operation, errors } = creating;
  const disabled = reference.trim() === '';
  const source = { kind: 'image' as const, reference: reference.trim() };
  const derivedName = useDerivedName(source, draft.entryPoint);
  const create = (thenLaunch: boolean): void => {
    setLaunching(thenLaunch);
    void creating.create(draft, source, thenLaunch);
  };
  return (
    <>
      <CreateActions disabled={disabled} creating={operation.running} onCreate={create} />
      {operation.running && (
        <div className={styles.progress}>
          <Progress
            label="Pulling the image"
            progress={operation.progress}
            onCancel={operation.cancel}
          />
        </div>
      )}
      <div className={page.scroll}>
        {errors.form && (
          <div className={`${page.note} ${styles.single}`}>
            {errors.form.code === 'E_REGISTRY_AUTH' ? (
              <AuthNote
                kind="registry"
                host={registryHost(reference)}
                error={errors.form}
                onSaved={() => create(launching)}
              />
            ) : (
              <ErrorNote error={errors.form} />
            )}
          </div>
        )}
        <div className={styles.single}>
          <JobForm
            draft={draft}
            derivedName={derivedName}
            entry={ENTRY}
            errors={errors}
            disabled={operation.running}
            built={false}
            lead={
              <TextField
                label="Image"
                mono
                autoFocus
                value={reference}
                placeholder="registry.example.com/team/image:tag"
                error={errors.reference}
                hint="From a registry, or already on this computer. The version keeps its digest; the tag becomes an alias"
                onChange={(text) => {
                  setReference(text);
                  creating.clearErrors();
                }}
              />
            }
            onChange={(part) => {
              change(part);
              creating.clearErrors();
            }}
            onSubmit={() => !disabled && !operation.running && create(false)}
          />
        </div>
      </div>
    </>
  );
}
