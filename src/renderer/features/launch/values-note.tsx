import { X } from 'lucide-react';
import type { DroppedValue } from '../../../shared/domain/fitted-spec.ts';
import { plural } from '../../lib/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { valueWords } from './field-words.ts';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import styles from './launch.module.css';

function Dropped({ dropped }: { dropped: readonly DroppedValue[] }) {
  const store = useLaunchStore();
  const drop = (name: string): void =>
    store.setState((state) => ({ dropped: state.dropped.filter((one) => one.name !== name) }));
  return (
    <div className={styles.dropped}>
      <p>
        {plural(dropped.length, 'value does', 'values do')} not fit this version and will not be
        given. Another version may take {dropped.length === 1 ? 'it' : 'them'}.
      </p>
      <ul aria-label="Values that do not fit">
        {dropped.map(({ name, value, why }) => (
          <li key={name}>
            <span className="mono selectable">
              {name} = {valueWords(value)}
            </span>
            <span className="meta">{why}</span>
            <IconButton label={`Drop ${name}`} icon={<X />} onClick={() => drop(name)} />
          </li>
        ))}
      </ul>
      {dropped.length > 1 && (
        <Button look="quiet" onClick={() => store.setState({ dropped: [] })}>
          Drop all
        </Button>
      )}
    </div>
  );
}

/** Where the values in the form came from, and which of them have no place here. */
export function ValuesNote({ onClear }: { onClear: () => void }) {
  const from = useLaunch((state) => state.from);
  const restored = useLaunch((state) => state.restored);
  const notes = useLaunch((state) => state.notes);
  const dropped = useLaunch((state) => state.dropped);
  const words = restored ? 'As you left it' : from && `Values of ${from}`;
  if (!words && notes.length === 0 && dropped.length === 0) return null;
  return (
    <div className={styles.valuesNote}>
      {words && (
        <p className={styles.origin}>
          {words}
          <Button look="quiet" className={styles.clear} onClick={onClear}>
            Start over
          </Button>
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="meta selectable">
          {note}
        </p>
      ))}
      {dropped.length > 0 && <Dropped dropped={dropped} />}
    </div>
  );
}
