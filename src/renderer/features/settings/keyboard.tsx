import { resetBindings, useBindings } from '../../commands/bindings.ts';
import { GROUPS, type Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { Button } from '../../ui/button.tsx';
import page from '../frame/page.module.css';
import { Section } from './section.tsx';
import { ShortcutRow } from './shortcut-row.tsx';
import styles from './settings.module.css';

const commands = Object.entries<Command>(COMMANDS);

/** The shortcut of every command, to be changed. */
export function Keyboard() {
  const changed = Object.keys(useBindings()).length > 0;
  return (
    <Section id="keyboard">
      <p className={page.lead}>
        Choose a shortcut and press other keys. Backspace takes it away, Esc leaves it as it is.
      </p>
      {GROUPS.map((group) => (
        <div key={group}>
          <h3 className={styles.group}>{group}</h3>
          <ul aria-label={`Shortcuts: ${group}`}>
            {commands
              .filter(([, command]) => command.group === group)
              .map(([id, command]) => (
                <ShortcutRow key={id} id={id} command={command} />
              ))}
          </ul>
        </div>
      ))}
      <Button className={styles.add} disabled={!changed} onClick={resetBindings}>
        Back to the usual shortcuts
      </Button>
    </Section>
  );
}
