import { RotateCcw } from 'lucide-react';
import { memo, useId } from 'react';
import type { InputField } from '../../../shared/domain/inputs.ts';
import { cx } from '../../lib/cx.ts';
import { IconButton } from '../../ui/button.tsx';
import { EmptyChoice } from './controls/empty-choice.tsx';
import { FieldControl } from './controls/field-control.tsx';
import { AxisRow, SweepButton } from './sweep-axis.tsx';
import { fieldLabel, helpWords, originLines, targetsWords } from './field-words.ts';
import { useInputPart, useInputProblem, useInputStale, useLaunchStore } from './launch-context.ts';
import { setValue } from './launch-store.ts';
import { ProblemText } from './problem-text.tsx';
import styles from './inputs.module.css';

/** Kinds of controls that are a group of others, which a label cannot point at. */
const isGroup = ({ type, choices, hasDefault, secret, targets }: InputField): boolean =>
  targets.length === 0 ||
  (!secret &&
    (type === 'list' ||
      (type === 'boolean' && !hasDefault) ||
      (choices !== null && choices.length <= 3)));

/** Where it goes is what it is called. */
const isPlain = (field: InputField): boolean => targetsWords(field) === `--${field.name}`;

function Label({ field, id, words }: { field: InputField; id: string; words: string }) {
  const Tag = isGroup(field) ? 'span' : 'label';
  return (
    <Tag
      {...(Tag === 'label' && { htmlFor: id })}
      className={styles.label}
      title={originLines(field).join('\n')}
    >
      {words}
      {field.required && (
        <span className={styles.required} title="Required">
          <span aria-hidden="true">*</span>
          <span className="sr-only"> (required)</span>
        </span>
      )}
    </Tag>
  );
}

/** One input: its name, its control, what it is for, and what is wrong with it. */
export const InputRow = memo(function InputRow({ field }: { field: InputField }) {
  const store = useLaunchStore();
  const id = useId();
  const { name } = field;
  const changed = useInputPart(name, ({ spec }) => Object.hasOwn(spec.values, name));
  const swept = useInputPart(name, ({ sweep }) => Object.hasOwn(sweep.axes, name));
  const problem = useInputProblem(name);
  const stale = useInputStale(name);
  const help = helpWords(field);
  const words = fieldLabel(field);
  const label = field.group.length > 0 ? field.name : words;
  if (swept) {
    return (
      <div data-place={`values.${field.name}`} className={styles.sweptRow}>
        <AxisRow field={field} />
      </div>
    );
  }
  return (
    <div data-place={`values.${field.name}`} className={cx(styles.row, changed && styles.changed)}>
      <div className={styles.name}>
        <Label field={field} id={id} words={words} />
        {!isPlain(field) && (
          <span className={styles.target} title={originLines(field).join('\n')}>
            {targetsWords(field) || 'cannot be set'}
          </span>
        )}
      </div>
      <div className={styles.control}>
        <FieldControl
          field={field}
          id={id}
          label={label}
          describedBy={`${id}-under`}
          invalid={problem !== null && !stale}
        />
        {problem && <ProblemText problem={problem} stale={stale} />}
        {help && <p className={styles.help}>{help}</p>}
        <p id={`${id}-under`} className="sr-only">
          {problem?.message} {help} {originLines(field).slice(1).join('. ')}
        </p>
      </div>
      <div className={styles.actions}>
        {changed ? (
          <IconButton
            label={`Reset ${label}`}
            icon={<RotateCcw />}
            onClick={() => setValue(store, name, undefined)}
          />
        ) : (
          <EmptyChoice field={field} label={label} />
        )}
        <SweepButton field={field} label={label} />
      </div>
    </div>
  );
});
