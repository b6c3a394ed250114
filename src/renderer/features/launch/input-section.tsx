import { ChevronRight } from 'lucide-react';
import { memo, use, useMemo } from 'react';
import { cx } from '../../lib/cx.ts';
import { plural } from '../../lib/format.ts';
import { RowOrder } from './draw-ahead.ts';
import { InputRow } from './input-row.tsx';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import type { LaunchState } from './launch-state.ts';
import { isDue } from './problems.ts';
import { namesIn, type InputGroup, type InputSection as Section } from './sections.ts';
import styles from './inputs.module.css';

/** Pixels that most rows are high. */
const ROW_HEIGHT = 56;

type Names = ReadonlySet<string>;

/** What was set is little beside all that there is, and this is asked at every key. */
const changedIn = ({ spec, sweep }: LaunchState, names: Names): number =>
  [...new Set([...Object.keys(spec.values), ...Object.keys(sweep.axes)])].filter((name) =>
    names.has(name),
  ).length;

const isWrong = (state: LaunchState, names: Names): boolean =>
  Object.entries(state.problems).some(
    ([place, problem]) => names.has(place.replace(/^values\./, '')) && isDue(problem, state),
  );

interface HeadProps {
  id: string;
  title: string;
  meta: string;
  names: Names;
  open: boolean;
  level: 'section' | 'group';
}

function Head({ id, title, meta, names, open, level }: HeadProps) {
  const store = useLaunchStore();
  const changed = useLaunch((state) => changedIn(state, names));
  const wrong = useLaunch((state) => isWrong(state, names));
  const toggle = (): void => store.setState((state) => ({ open: { ...state.open, [id]: !open } }));
  return (
    <button type="button" aria-expanded={open} className={styles[level]} onClick={toggle}>
      <ChevronRight
        size={14}
        aria-hidden="true"
        className={cx(styles.chevron, open && styles.turned)}
      />
      <span className={styles.title}>{title}</span>
      <span className={styles.headMeta}>{meta}</span>
      {wrong && <span className={styles.wrong}>needs a look</span>}
      {changed > 0 && <span className={styles.count}>{changed} set</span>}
    </button>
  );
}

/** The rows of a group as far as they are drawn, with the place that the others will take. */
function Rows({ group }: { group: InputGroup }) {
  const first = use(RowOrder).get(group.fields[0]?.name ?? '') ?? 0;
  const count = group.fields.length;
  const drawn = useLaunch((state) => Math.min(count, Math.max(0, state.drawn - first)));
  return (
    <>
      {group.fields.slice(0, drawn).map((field) => (
        <InputRow key={field.name} field={field} />
      ))}
      {drawn < count && <div style={{ height: (count - drawn) * ROW_HEIGHT }} />}
      {group.groups.map((inner) => (
        <Group key={inner.id} group={inner} />
      ))}
    </>
  );
}

function Group({ group }: { group: InputGroup }) {
  const open = useLaunch((state) => state.open[group.id] ?? true);
  const names = useMemo(() => new Set(namesIn([group])), [group]);
  return (
    <div role="group" aria-label={group.title}>
      <Head
        id={group.id}
        title={group.title}
        meta={plural(names.size, 'input')}
        names={names}
        open={open}
        level="group"
      />
      {open && (
        <div className={styles.nested}>
          <Rows group={group} />
        </div>
      )}
    </div>
  );
}

interface Props {
  section: Section;
  /** Open whatever was chosen: while a filter looks for something. */
  forced: boolean;
}

/** Inputs that go the same way, folded when they are seldom set. */
export const InputSection = memo(function InputSection({ section, forced }: Props) {
  const names = useMemo(() => new Set(namesIn([section])), [section]);
  const open = useLaunch(
    (state) =>
      forced ||
      (state.open[section.id] ??
        (!section.folded || changedIn(state, names) > 0 || isWrong(state, names))),
  );
  const meta = [plural(section.count, 'input'), section.origin].filter(Boolean).join(' · ');
  return (
    <section aria-label={section.title}>
      <Head
        id={section.id}
        title={section.title}
        meta={meta}
        names={names}
        open={open}
        level="section"
      />
      {open && <Rows group={section} />}
    </section>
  );
});
