import { navigate, openOverlay } from '../stores/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useBindings } from './bindings.ts';
import { GROUPS, type Command } from './command.ts';
import { shortcutText } from './keys.ts';
import { COMMANDS } from './registry.ts';
import styles from './shortcuts-sheet.module.css';

/** Keys that are no commands: what the parts of the window take by themselves. */
const EVERYWHERE: readonly { title: string; keys: string }[] = [
  { title: 'Leave the page or dialog', keys: 'Esc' },
  { title: 'Next part of the window', keys: 'Tab' },
  { title: 'Open the row', keys: '↵' },
  { title: 'First and last row or line', keys: 'Home End' },
  { title: 'Menu of a row', keys: 'Shift+F10' },
];

function Group({
  title,
  rows,
}: {
  title: string;
  rows: readonly { title: string; keys: string }[];
}) {
  return (
    <section aria-label={title} className={styles.group}>
      <h3 className={styles.heading}>{title}</h3>
      <dl>
        {rows.map((row) => (
          <div key={row.title} className={styles.row}>
            <dt className="ellipsis">{row.title}</dt>
            <dd className={styles.keys}>
              <kbd>{row.keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const rowsOf = (group: Command['group']) =>
  Object.values<Command>(COMMANDS)
    .filter((command) => command.group === group && command.shortcut)
    .map(({ title, shortcut }) => ({
      title: title.replace('…', ''),
      keys: shortcutText(shortcut!),
    }));

/** Every shortcut, by the menus of the window. */
export default function ShortcutsSheet() {
  useBindings();
  const close = (): void => openOverlay(null);
  const change = (): void => {
    close();
    navigate({ page: 'settings', section: 'keyboard' });
  };
  const groups = GROUPS.map((title) => ({ title, rows: rowsOf(title) }));
  return (
    <Dialog
      title="Keyboard shortcuts"
      look="wide"
      onClose={close}
      footer={
        <div className={styles.footer}>
          <Button onClick={close}>Done</Button>
        </div>
      }
    >
      <div className={styles.groups}>
        {groups
          .filter(({ rows }) => rows.length > 0)
          .map((group) => (
            <Group key={group.title} {...group} />
          ))}
        <Group title="Everywhere" rows={EVERYWHERE} />
      </div>
      <Button className={styles.change} onClick={change}>
        Change shortcuts…
      </Button>
    </Dialog>
  );
}
