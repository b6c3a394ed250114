import { Segmented } from '../../../ui/segmented.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { useInput, type ControlProps } from './use-input.ts';

const OPTIONS = [
  { id: 'unset', title: 'Not set' },
  { id: 'true', title: 'On' },
  { id: 'false', title: 'Off' },
] as const;

/** On or off; not set is a third where the code does not say what it takes then. */
export function SwitchControl({ field, label, id, describedBy }: ControlProps) {
  const input = useInput(field);
  if (!field.hasDefault || typeof field.default !== 'boolean') {
    const value = typeof input.value === 'boolean' ? (`${input.value}` as const) : 'unset';
    return (
      <Segmented
        {...{ id, label, describedBy, value }}
        options={OPTIONS}
        onChange={(chosen) => input.set(chosen === 'unset' ? undefined : chosen === 'true')}
      />
    );
  }
  const isOn = input.effective === true;
  return (
    <Switch
      {...{ id, label, describedBy }}
      on={isOn}
      onChange={(on) => input.set(on === field.default ? undefined : on)}
    >
      <span className="meta">{isOn ? 'On' : 'Off'}</span>
    </Switch>
  );
}
