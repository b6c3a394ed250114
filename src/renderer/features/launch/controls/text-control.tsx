import { cx } from '../../../lib/cx.ts';
import ui from '../../../ui/field.module.css';
import { placeholderOf } from '../field-words.ts';
import { inputProps, useInput, type ControlProps } from './use-input.ts';

const MONO: readonly string[] = ['path', 'unknown'];

/** A text, a path, or what nothing more is known of. */
export function TextControl(props: ControlProps) {
  const { field } = props;
  const input = useInput(field);
  const common = {
    ...inputProps(props),
    value: input.text,
    placeholder: input.value === '' ? 'empty' : placeholderOf(field),
    spellCheck: false,
    onBlur: input.leave,
  };
  if (input.text.includes('\n')) {
    return (
      <textarea
        {...common}
        rows={Math.min(8, input.text.split('\n').length + 1)}
        className={cx(ui.input, ui.area, 'mono')}
        onChange={(event) => input.type(event.target.value)}
      />
    );
  }
  return (
    <input
      {...common}
      type="text"
      autoComplete="off"
      required={field.required}
      className={cx(ui.input, MONO.includes(field.type) && 'mono')}
      onChange={(event) => input.type(event.target.value)}
    />
  );
}

/** Nested values, as JSON. */
export function JsonControl(props: ControlProps) {
  const { field } = props;
  const input = useInput(field);
  return (
    <textarea
      {...inputProps(props)}
      value={input.text}
      placeholder={placeholderOf(field) || '{ "key": "value" }'}
      rows={Math.min(12, Math.max(2, input.text.split('\n').length))}
      spellCheck={false}
      className={cx(ui.input, ui.area, 'mono')}
      onBlur={input.leave}
      onChange={(event) => input.type(event.target.value)}
    />
  );
}
