import { placeholderOf } from '../field-words.ts';
import { ChoiceControl, ChoicesControl } from './choice-control.tsx';
import { ListControl } from './list-control.tsx';
import { NumberControl } from './number-control.tsx';
import { SecretControl } from './secret-control.tsx';
import { SwitchControl } from './switch-control.tsx';
import { JsonControl, TextControl } from './text-control.tsx';
import type { ControlProps } from './use-input.ts';

/** What cannot be set from outside. */
function Fixed({ field, id }: ControlProps) {
  return (
    <output id={id} className="mono selectable">
      {placeholderOf(field) || 'not known'}
    </output>
  );
}

/** The control that fits an input. */
export function FieldControl(props: ControlProps) {
  const { field } = props;
  if (field.targets.length === 0) return <Fixed {...props} />;
  if (field.secret) return <SecretControl {...props} />;
  if (field.type === 'boolean') return <SwitchControl {...props} />;
  if (field.type === 'list' && field.items?.choices) return <ChoicesControl {...props} />;
  if (field.choices && field.choices.length > 0) return <ChoiceControl {...props} />;
  switch (field.type) {
    case 'integer':
    case 'number':
      return <NumberControl {...props} />;
    case 'list':
      return <ListControl {...props} />;
    case 'object':
      return <JsonControl {...props} />;
    default:
      return <TextControl {...props} />;
  }
}
