import { useMemo, useState } from 'react';
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
} from 'react-aria-components';
import { openOverlay } from '../stores/ui.ts';
import {
  commandEntries,
  found,
  placeEntries,
  RUNS,
  runEntry,
  untyped,
  type Section as SectionOf,
} from './palette-entries.ts';
import { addRecent, readRecent } from './recent.ts';
import { useFoundRuns } from './use-found-runs.ts';
import styles from './palette.module.css';

function Section({ title, entries }: SectionOf) {
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
          {entry.meta && <span className={`ellipsis ${styles.meta}`}>{entry.meta}</span>}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** What there is to choose from, for what is typed. */
function useSections(typed: string): SectionOf[] {
  const own = useMemo(() => [...commandEntries(), ...placeEntries()], []);
  const recent = useMemo(readRecent, []);
  const runs = useFoundRuns(typed);
  return useMemo(() => {
    if (typed.trim() === '') return untyped(own, recent);
    const known = new Set(own.map(({ id }) => id));
    const more = runs.map(runEntry).filter(({ id }) => !known.has(id));
    const sections = found(own, typed);
    if (more.length === 0) return sections;
    const shown = sections.find(({ title }) => title === RUNS);
    if (!shown) return [...sections, { title: RUNS, entries: more }];
    return sections.map((section) =>
      section === shown ? { ...section, entries: [...section.entries, ...more] } : section,
    );
  }, [own, recent, runs, typed]);
}

/** Every action and every place, by name. */
export default function Palette() {
  const [typed, setTyped] = useState('');
  const sections = useSections(typed);
  const close = (): void => openOverlay(null);
  const choose = (id: string): void => {
    close();
    addRecent(id);
    sections
      .flatMap(({ entries }) => entries)
      .find((entry) => entry.id === id)
      ?.run();
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
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <SearchField autoFocus aria-label="Find a command" className={styles.search ?? ''}>
              <Input
                placeholder="Type a command, job, run or setting"
                className={styles.input ?? ''}
              />
            </SearchField>
            <Menu
              aria-label="Commands"
              className={styles.menu ?? ''}
              onAction={(id) => choose(String(id))}
              renderEmptyState={() => <p className={styles.none}>Nothing has that name.</p>}
            >
              {sections.map((section) => (
                <Section key={section.title} {...section} />
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
