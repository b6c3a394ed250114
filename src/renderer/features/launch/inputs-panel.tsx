import { useDeferredValue, useMemo } from 'react';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Pick } from '../../ui/pick.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { InputSection } from './input-section.tsx';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import { RowOrder, rowOrder, useDrawAhead } from './draw-ahead.ts';
import { setDraft } from './launch-store.ts';
import { commandsOf, sectionsOf, shownFields } from './sections.ts';
import { withCommand } from './sub-command.ts';
import styles from './launch.module.css';

/** From so many inputs on, one looks for them by name. */
const MANY = 12;

const NO_COMMAND = '';

/** Which sub-command is started: it is a word of the entry point, whatever is set of it. */
function CommandChoice({
  commands,
  entryPoint,
}: {
  commands: readonly string[];
  entryPoint: string;
}) {
  const store = useLaunchStore();
  const command = useLaunch((state) => state.command) ?? NO_COMMAND;
  const options = [
    { id: NO_COMMAND, title: 'None' },
    ...commands.map((name) => ({ id: name, title: name })),
  ];
  const choose = (id: string): void => {
    const chosen = id === NO_COMMAND ? null : id;
    const typed = store.getState().draft.entryPoint ?? entryPoint;
    const next = withCommand(typed, commands, chosen);
    setDraft(store, { entryPoint: next === entryPoint ? null : next });
    store.setState({ command: chosen });
  };
  return (
    <div className={styles.commandChoice}>
      <span className="meta">Sub-command</span>
      {commands.length <= 4 ? (
        <Segmented label="Sub-command" value={command} options={options} onChange={choose} />
      ) : (
        <Pick aria-label="Sub-command" value={command} options={options} onChange={choose} />
      )}
    </div>
  );
}

/** Every input of the version, by where it goes. `entryPoint` is the version's own. */
export function InputsPanel({ entryPoint }: { entryPoint: string }) {
  const store = useLaunchStore();
  const schema = useLaunch((state) => state.schema);
  const error = useLaunch((state) => state.schemaError);
  const command = useLaunch((state) => state.command);
  const filter = useLaunch((state) => state.filter);
  const looked = useDeferredValue(filter);
  const fields = schema?.fields;
  const commands = useMemo(() => commandsOf(fields ?? []), [fields]);
  const sections = useMemo(
    () => sectionsOf(shownFields(fields ?? [], command, looked)),
    [fields, command, looked],
  );
  const order = useMemo(() => rowOrder(sections), [sections]);
  const drawn = useLaunch((state) => state.drawn);
  useDrawAhead(store, drawn, fields?.length ?? 0);
  if (error) return <ErrorNote error={error} />;
  if (!fields) return <SkeletonRows label="Reading inputs" />;
  return (
    <>
      {(fields.length > MANY || commands.length > 0) && (
        <div className={styles.find}>
          {commands.length > 0 && <CommandChoice commands={commands} entryPoint={entryPoint} />}
          {fields.length > MANY && (
            <SearchField
              label="Filter inputs"
              value={filter}
              onChange={(text) => store.setState({ filter: text })}
            />
          )}
        </div>
      )}
      <RowOrder value={order}>
        {sections.map((section) => (
          <InputSection key={section.id} section={section} forced={looked !== ''} />
        ))}
      </RowOrder>
      {sections.length === 0 && (
        <p className={styles.nothing}>
          {looked === ''
            ? 'No inputs were found in this version. Arguments, environment and the rest are in the run settings.'
            : `No input is called “${looked}”.`}
        </p>
      )}
    </>
  );
}
