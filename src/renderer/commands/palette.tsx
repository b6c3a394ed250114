import { useMemo } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useEntities } from '../stores/entities.ts';
import { isActive } from '../stores/run-states.ts';
import { chooseProject, navigate, openPalette } from '../stores/ui.ts';
import { isEnabled, type Command } from './command.ts';
import { COMMANDS } from './registry.ts';
import { shortcutText } from './keys.ts';
import styles from './palette.module.css';

interface Entry {
  id: string;
  title: string;
  meta?: string | undefined;
  run: () => void;
}

const PLACES_LIMIT = 50;

function commandEntries(): Entry[] {
  return Object.entries<Command>(COMMANDS)
    .filter(([id, command]) => id !== 'palette' && isEnabled(command))
    .map(([id, { title, group, shortcut, run }]) => ({
      id,
      title: group === 'Go to' ? `Go to ${title}` : title,
      meta: shortcut && shortcutText(shortcut),
      run,
    }));
}

/** Jobs, running runs and projects, to go to by name. */
function placeEntries(): Entry[] {
  const { jobs, runs, projects } = useEntities.getState();
  return [
    ...Object.values(runs)
      .filter(isActive)
      .map(({ id, name }) => ({
        id: `run-${id}`,
        title: name,
        meta: 'Run',
        run: () => navigate({ page: 'run', runId: id, tab: 'log' as const }),
      })),
    ...Object.values(jobs)
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .slice(0, PLACES_LIMIT)
      .map(({ id, name, projectName }) => ({
        id: `job-${id}`,
        title: name,
        meta: `Job in ${projectName}`,
        run: () => navigate({ page: 'job', jobId: id, tab: 'runs' as const }),
      })),
    ...Object.values(projects).map(({ id, name }) => ({
      id: `project-${id}`,
      title: `Switch to ${name}`,
      meta: 'Project',
      run: () => chooseProject(id),
    })),
  ];
}

function Section({ title, entries }: { title: string; entries: readonly Entry[] }) {
  return (
    <MenuSection>
      <Header className={styles.heading ?? ''}>{title}</Header>
      {entries.map((entry) => (
        <MenuItem
          key={entry.id}
          id={entry.id}
          textValue={entry.title}
          className={styles.item ?? ''}
        >
          <span className="ellipsis">{entry.title}</span>
          {entry.meta && <span className={styles.meta}>{entry.meta}</span>}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** Every action and every place, by name. */
export default function Palette() {
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = useMemo(commandEntries, []);
  const places = useMemo(placeEntries, []);
  const close = (): void => openPalette(false);
  const choose = (id: string): void => {
    close();
    [...commands, ...places].find((entry) => entry.id === id)?.run();
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && close()}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label="Commands" className={styles.dialog ?? ''}>
          <Autocomplete filter={contains}>
            <SearchField autoFocus aria-label="Find a command" className={styles.search ?? ''}>
              <Input placeholder="Type a command, job or run" className={styles.input ?? ''} />
            </SearchField>
            <Menu
              aria-label="Commands"
              className={styles.menu ?? ''}
              onAction={(id) => choose(String(id))}
              renderEmptyState={() => <p className={styles.none}>Nothing has that name.</p>}
            >
              <Section title="Commands" entries={commands} />
              <Section title="Places" entries={places} />
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
