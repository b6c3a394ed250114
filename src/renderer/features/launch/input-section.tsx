import { ChevronRight } from 'lucide-react';
import { memo, use } from 'react';
import type { InputField } from '../../../shared/domain/inputs.ts';
import { cx } from '../../lib/cx.ts';
import { plural } from '../../lib/format.ts';
import { RowOrder } from './draw-ahead.ts';
import { InputRow } from './input-row.tsx';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import type { LaunchState } from './launch-store.ts';
import { isDue } from './problems.ts';
import { namesIn, type InputGroup, type InputSection as Section } from './sections.ts';
import styles from './inputs.module.css';

const changedIn = ({ spec, sweep }: LaunchState, names: readonly string[]): number =>
  names.filter((name) => Object.hasOwn(spec.values, name) || Object.hasOwn(sweep.axes, name))
    .length;

const isWrong = (state: LaunchState, names: readonly string[]): boolean =>
  names.some((name) => {
    const problem = state.problems[`values.${name}`];
    return problem !== undefined && isDue(problem, state);
  });

interface HeadProps {
  id: string;
  title: string;
  meta: string;
  names: readonly string[];
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

/** A row, or its place while it is not drawn yet. */
function Row({ field }: { field: InputField }) {
  const at = use(RowOrder).get(field.name) ?? 0;
  const drawn = useLaunch((state) => at < state.drawn);
  return drawn ? <InputRow field={field} /> : <div className={styles.ahead} />;
}

function Rows({ group }: { group: InputGroup }) {
  return (
    <>
      {group.fields.map((field) => (
        <Row key={field.name} field={field} />
      ))}
      {group.groups.map((inner) => (
        <Group key={inner.id} group={inner} />
      ))}
    </>
  );
}

function Group({ group }: { group: InputGroup }) {
  const open = useLaunch((state) => state.open[group.id] ?? true);
  const names = namesIn([group]);
  return (
    <div role="group" aria-label={group.title}>
      <Head
        id={group.id}
        title={group.title}
        meta={plural(names.length, 'input')}
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
  const names = namesIn([section]);
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
