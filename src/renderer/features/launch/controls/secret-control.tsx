import { Pick } from '../../../ui/pick.tsx';
import { NewSecret } from '../new-secret.tsx';
import { secretLabel, useRunSecrets } from '../run-secrets.ts';
import { inputProps, useInput, type ControlProps } from './use-input.ts';

const NONE = '';

/** The name of a kept secret. Its value is never shown, and never in the form. */
export function SecretControl(props: ControlProps) {
  const { field, label } = props;
  const input = useInput(field);
  const secrets = useRunSecrets();
  const value = typeof input.value === 'string' ? input.value : NONE;
  const missing = value !== NONE && !secrets.names.includes(value);
  const options = [
    { id: NONE, title: field.hasDefault ? 'As in the code' : 'None' },
    ...secrets.names.map((name) => ({ id: name, title: secretLabel(name) })),
    ...(missing ? [{ id: value, title: `${secretLabel(value)} (not kept)` }] : []),
  ];
  return (
    <div>
      <Pick
        {...inputProps(props)}
        required={field.required}
        value={value}
        options={options}
        onChange={(name) => input.set(name === NONE ? undefined : name)}
        onBlur={input.leave}
      />
      <NewSecret label={label} proposed={field.name} onKept={(name) => input.set(name)} />
    </div>
  );
}
