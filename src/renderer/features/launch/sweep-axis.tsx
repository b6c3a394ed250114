import { ChartNoAxesGantt } from 'lucide-react';
import type { InputField } from '../../../shared/domain/inputs.ts';
import { IconButton } from '../../ui/button.tsx';
import { AxisEditor } from '../sweeps/axis-editor.tsx';
import { newAxis } from '../sweeps/axis-draft.ts';
import { useLaunch, useLaunchStore } from './launch-context.ts';
import { setAxis } from './launch-store.ts';
import { problemIn } from './problems.ts';

/** The values an input takes in a sweep, in place of its one value. */
export function AxisRow({ field }: { field: InputField }) {
  const store = useLaunchStore();
  const draft = useLaunch(({ sweep }) => sweep.axes[field.name]);
  const problem = useLaunch(({ problems }) => problemIn(problems, `values.${field.name}`));
  if (!draft) return null;
  return (
    <AxisEditor
      field={field}
      draft={draft}
      problem={problem?.message}
      onChange={(axis) => setAxis(store, field.name, axis)}
      onRemove={() => setAxis(store, field.name, null)}
    />
  );
}

/** Makes an input take several values, a run for each. */
export function SweepButton({ field, label }: { field: InputField; label: string }) {
  const store = useLaunchStore();
  if (field.targets.length === 0 || field.secret) return null;
  const start = (): void =>
    setAxis(store, field.name, newAxis(field, store.getState().spec.values[field.name]));
  return (
    <IconButton
      data-quiet
      label={`Sweep over ${label}`}
      icon={<ChartNoAxesGantt />}
      onClick={start}
    />
  );
}
