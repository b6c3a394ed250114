import type { Job, JobVersion } from '../../../shared/domain/job.ts';
import type { EngineChoice } from '../../../shared/domain/engine.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { ChoiceList, type Choice } from '../../ui/choice-list.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Button } from '../../ui/button.tsx';
import { freshSource, type FreshSource } from './fresh-source.ts';
import { entryOverride, FRESH, type LaunchDraft } from './launch-draft.ts';
import styles from './launch.module.css';

interface Props {
  job: Job;
  versions: readonly JobVersion[];
  version: JobVersion | undefined;
  draft: LaunchDraft;
  entryError: ErrorData | null;
  onChange: (part: Partial<LaunchDraft>) => void;
  onSubmit: () => void;
}

function engineChoices(engine: EngineChoice | null): Choice[] {
  const auto = engine ? `${ENGINE_NAMES[engine.kind]}: ${engine.because}` : 'Looking for an engine';
  return [
    { value: 'auto', title: 'Automatic', text: auto },
    ...(engine?.engines ?? []).map(({ kind, available, text, fix }) => ({
      value: kind,
      title: ENGINE_NAMES[kind],
      text: available ? text : `${text}${fix ? ` ${fix}` : ''}`,
      disabled: !available,
    })),
  ];
}

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

/** The choices of a launch, one column. */
export function LaunchForm(props: Props) {
  const { job, versions, version, draft, entryError, onChange, onSubmit } = props;
  const engine = useEntities((all) => all.engine);
  const fresh = freshSource(job, versions[0]);
  const own = version ? formatCommand(version.entryPoint) : '';
  const changed = entryOverride(draft, version) !== null;
  return (
    <form
      aria-label="Launch"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <SelectField
        label="Code"
        value={draft.code === FRESH ? FRESH : (version?.id ?? '')}
        options={codeOptions(fresh, versions)}
        onChange={(code) => onChange({ code })}
        hint={draft.code === FRESH ? fresh?.from : null}
      />
      <TextField
        label="Entry point"
        mono
        value={draft.entryPoint ?? own}
        placeholder={own ? undefined : 'The image’s own'}
        error={entryError}
        hint={
          changed ? (
            <>
              Changed for this run.{' '}
              <Button
                look="quiet"
                className={styles.reset}
                onClick={() => onChange({ entryPoint: null })}
              >
                Back to {own || 'the image’s own'}
              </Button>
            </>
          ) : (
            `As in v${version?.number ?? job.latestVersion}`
          )
        }
        onChange={(entryPoint) => onChange({ entryPoint })}
      />
      <ChoiceList
        label="Engine"
        value={draft.engine ?? 'auto'}
        choices={engineChoices(engine)}
        onChange={(value) => onChange({ engine: value === 'auto' ? null : (value as EngineKind) })}
      />
      <TextField
        label="Run name"
        value={draft.name}
        placeholder="Chosen for you"
        onChange={(name) => onChange({ name })}
      />
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
        Launch
      </button>
    </form>
  );
}
