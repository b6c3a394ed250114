import { Plus, X } from 'lucide-react';
import type { ErrorData } from '../../../shared/errors.ts';
import { cx } from '../../lib/cx.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import ui from '../../ui/field.module.css';
import { Pick } from '../../ui/pick.tsx';
import { FieldError } from '../../ui/text-field.tsx';
import { namesIn, newVariable, type VariableDraft } from './queue-draft.ts';
import styles from './queue-dialog.module.css';

const TYPES = [
  { id: 'string', title: 'Text' },
  { id: 'integer', title: 'Whole number' },
  { id: 'number', title: 'Number' },
] as const;

interface RowProps {
  variable: VariableDraft;
  onChange: (variable: VariableDraft) => void;
  onRemove: () => void;
}

function Row({ variable, onChange, onRemove }: RowProps) {
  const name = variable.name || 'the new variable';
  const text = (
    key: 'name' | 'choices' | 'minimum' | 'maximum' | 'default',
    of: string,
    hint = '',
  ) => (
    <input
      type="text"
      aria-label={of}
      placeholder={hint}
      value={variable[key]}
      spellCheck={false}
      autoComplete="off"
      className={cx(ui.input, 'mono')}
      onChange={({ target }) => onChange({ ...variable, [key]: target.value })}
    />
  );
  return (
    <li className={styles.variable}>
      {text('name', 'Name of the variable', 'memory')}
      <Pick
        aria-label={`Type of ${name}`}
        value={variable.type}
        options={TYPES}
        onChange={(type) => onChange({ ...variable, type: type as VariableDraft['type'] })}
      />
      {variable.type === 'string' ? (
        text('choices', `Values that ${name} may have`, 'any, or 4g, 8g, 16g')
      ) : (
        <span className={styles.range}>
          {text('minimum', `Least value of ${name}`, 'from')}
          {text('maximum', `Greatest value of ${name}`, 'to')}
        </span>
      )}
      {text('default', `Value of ${name} without a choice`, 'asked for')}
      <IconButton label={`Remove variable ${name}`} icon={<X />} onClick={onRemove} />
    </li>
  );
}

interface Props {
  /** The resources, which name variables. */
  args: string;
  variables: readonly VariableDraft[];
  error: ErrorData | null;
  onChange: (variables: readonly VariableDraft[]) => void;
}

/** What a launch is asked for where the resources say `{{name}}`. */
export function QueueVariables({ args, variables, error, onChange }: Props) {
  const known = new Set(variables.map(({ name }) => name.trim()));
  const missing = namesIn(args).filter((name) => !known.has(name));
  const offered = missing.length > 0 ? missing : [''];
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Variables, asked for at each launch</legend>
      {variables.length > 0 && (
        <>
          <div className={cx(styles.variable, styles.heads)} aria-hidden="true">
            <span>Name</span>
            <span>Type</span>
            <span>Values</span>
            <span>Without a choice</span>
          </div>
          <ul aria-label="Variables">
            {variables.map((variable) => (
              <Row
                key={variable.key}
                variable={variable}
                onChange={(next) =>
                  onChange(variables.map((each) => (each.key === next.key ? next : each)))
                }
                onRemove={() => onChange(variables.filter(({ key }) => key !== variable.key))}
              />
            ))}
          </ul>
        </>
      )}
      {error && <FieldError id="queue-variables-error" error={error} />}
      <div className={styles.buttons}>
        {offered.map((name) => (
          <Button
            key={name}
            look="quiet"
            icon={<Plus />}
            onClick={() => onChange([...variables, newVariable(name)])}
          >
            {name ? `Add variable ${name}` : 'Add a variable'}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
