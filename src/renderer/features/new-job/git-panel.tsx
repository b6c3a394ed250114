import { FolderOpen, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { call } from '../../bridge/client.ts';
import { fileSize } from '../../../shared/units.ts';
import { plural } from '../../lib/format.ts';
import { notify } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Progress } from '../../ui/progress.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FoundPanel } from '../detection/found-panel.tsx';
import type { FieldErrors } from './field-errors.ts';
import type { GitAddress } from './git-address.ts';
import type { Inspecting } from './use-inspection.ts';
import styles from './new-job.module.css';

const SHORT = 10;

interface Props {
  from: GitAddress;
  errors: FieldErrors;
  inspecting: Inspecting;
  disabled: boolean;
  /** What went wrong, where it belongs to no field. */
  note: ReactNode;
  onMove: (from: GitAddress) => void;
  onLook: () => void;
}

function AddressForm({ from, errors, inspecting, disabled, onMove, onLook }: Props) {
  const ready = from.address.trim() !== '' && !inspecting.operation.running;
  const chooseClone = async (): Promise<void> => {
    const result = await call('chooseFolder', {});
    if (!result.ok) notify('The folder could not be opened.', result.error);
    else if (result.value) onMove({ address: result.value.folder, ref: '', clone: true });
  };
  return (
    <form
      aria-label="Repository"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onLook();
      }}
    >
      <fieldset disabled={disabled} className={styles.address}>
        <div className={styles.wide}>
          <TextField
            label="Address"
            mono
            autoFocus
            value={from.address}
            placeholder="https://git.example.com/team/code.git"
            error={errors.address}
            hint={
              from.clone
                ? 'A clone on this computer: its commit, with what changed since'
                : 'https, ssh, git@host:path, or a web page of the repository'
            }
            onChange={(address) => onMove({ ...from, address, clone: false })}
          />
          <Button
            look="quiet"
            className={styles.chooseClone}
            icon={<FolderOpen />}
            onClick={() => void chooseClone()}
          >
            Choose a clone…
          </Button>
        </div>
        <TextField
          label="Branch, tag or commit"
          mono
          value={from.clone ? '' : from.ref}
          placeholder={from.clone ? 'As it is checked out' : 'default branch'}
          disabled={from.clone}
          error={errors.ref}
          onChange={(ref) => onMove({ ...from, ref })}
        />
        <div className={styles.withLabel}>
          <Button type="submit" icon={<Search />} disabled={!ready}>
            Look
          </Button>
        </div>
      </fieldset>
    </form>
  );
}

function Fetched({ git, context }: Pick<Inspection, 'git' | 'context'>) {
  if (!git) return null;
  return (
    <Facts>
      <Fact name="Repository">
        <span className="mono">{git.remote}</span>
      </Fact>
      <Fact name="Ref">{git.ref ?? 'default branch'}</Fact>
      <Fact name="Commit">
        <span className={styles.copyable}>
          <span className="mono" title={git.commit}>
            {git.commit.slice(0, SHORT)}
          </span>
          <CopyButton text={git.commit} label="Copy commit" />
        </span>
      </Fact>
      <Fact name="Files">
        {plural(git.files, 'file')}, {fileSize(git.bytes)}
      </Fact>
      {context && (
        <Fact name="Looked at">
          <span className="mono">{context}/</span>
        </Fact>
      )}
    </Facts>
  );
}

/** Which repository, and what is in it. */
export function GitPanel(props: Props) {
  const { inspection, operation } = props.inspecting;
  return (
    <div className={styles.preview} role="region" aria-label="Preview">
      <AddressForm {...props} />
      {operation.running && (
        <Progress
          label="Fetching and reading the repository"
          progress={operation.progress}
          onCancel={operation.cancel}
        />
      )}
      {props.note}
      {inspection ? (
        <>
          <Fetched git={inspection.git} context={inspection.context} />
          <FoundPanel inspection={inspection} stale={operation.running} />
        </>
      ) : (
        !operation.running &&
        !props.note && (
          <Empty title="See what is in it">
            Look fetches the repository and reads its entry points, environment and parameters.
            Nothing of it is run.
          </Empty>
        )
      )}
    </div>
  );
}
