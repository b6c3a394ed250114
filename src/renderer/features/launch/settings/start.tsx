import { useId } from 'react';
import type { JobVersion } from '../../../../shared/domain/job.ts';
import type { EngineChoice } from '../../../../shared/domain/engine.ts';
import type { EngineKind } from '../../../../shared/domain/run.ts';
import { cx } from '../../../lib/cx.ts';
import { formatCommand } from '../../../lib/command-line.ts';
import { ENGINE_NAMES } from '../../../stores/engines.ts';
import { useEntities } from '../../../stores/entities.ts';
import { ChoiceList, type Choice } from '../../../ui/choice-list.tsx';
import ui from '../../../ui/field.module.css';
import { entryOverride } from '../launch-draft.ts';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setDraft, setSpec } from '../launch-store.ts';
import { SettingRow } from './setting-row.tsx';
import { WordRows } from './word-rows.tsx';

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

function EntryRow({ version }: { version: JobVersion | undefined }) {
  const store = useLaunchStore();
  const id = useId();
  const draft = useLaunch((state) => state.draft);
  const wrong = useLaunch(({ problems }) => problems['entryPoint'] !== undefined);
  const own = version ? formatCommand(version.entryPoint) : '';
  return (
    <SettingRow
      label="Entry point"
      id={id}
      place="entryPoint"
      changed={entryOverride(draft, version) !== null}
      onReset={() => setDraft(store, { entryPoint: null })}
    >
      <input
        id={id}
        type="text"
        value={draft.entryPoint ?? own}
        placeholder={own ? undefined : 'The image’s own'}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={wrong || undefined}
        className={cx(ui.input, 'mono')}
        onChange={({ target }) => setDraft(store, { entryPoint: target.value })}
      />
    </SettingRow>
  );
}

function NameRow() {
  const store = useLaunchStore();
  const id = useId();
  const name = useLaunch(({ draft }) => draft.name);
  return (
    <SettingRow
      label="Run name"
      id={id}
      place="name"
      changed={name !== ''}
      onReset={() => setDraft(store, { name: '' })}
    >
      <input
        id={id}
        type="text"
        value={name}
        placeholder="Chosen for you"
        spellCheck={false}
        autoComplete="off"
        className={ui.input}
        onChange={({ target }) => setDraft(store, { name: target.value })}
      />
    </SettingRow>
  );
}

function ArgumentsRow() {
  const store = useLaunchStore();
  const args = useLaunch(({ spec }) => spec.args);
  return (
    <SettingRow
      label="More arguments"
      place="args"
      help="Words behind those that the inputs come to, one a row; blanks and quotes are kept as they are"
      changed={args.length > 0}
      onReset={() => setSpec(store, { args: [] })}
    >
      <WordRows
        what="argument"
        placeholder="--verbose"
        words={args}
        onChange={(words) => setSpec(store, { args: words })}
      />
    </SettingRow>
  );
}

function EngineRow() {
  const store = useLaunchStore();
  const engine = useEntities((all) => all.engine);
  const chosen = useLaunch(({ draft }) => draft.engine);
  return (
    <SettingRow
      label="Engine"
      place="engine"
      changed={chosen !== null}
      onReset={() => setDraft(store, { engine: null })}
    >
      <ChoiceList
        label="Engine"
        hideLabel
        value={chosen ?? 'auto'}
        choices={engineChoices(engine)}
        onChange={(value) =>
          setDraft(store, { engine: value === 'auto' ? null : (value as EngineKind) })
        }
      />
    </SettingRow>
  );
}

/** What is started, by which engine, under which name. */
export function Start({ version }: { version: JobVersion | undefined }) {
  return (
    <>
      <EntryRow version={version} />
      <ArgumentsRow />
      <EngineRow />
      <NameRow />
    </>
  );
}
