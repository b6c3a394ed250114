import { CircleSlash2 } from 'lucide-react';
import type { InputField } from '../../../../shared/domain/inputs.ts';
import { IconButton } from '../../../ui/button.tsx';
import { useLaunchStore } from '../launch-context.ts';
import { setValue } from '../launch-store.ts';

const TEXTS: readonly InputField['type'][] = ['string', 'unknown'];

/** Whether an input may be given an empty text, which nobody can type: an empty box is left to the code. */
const takesEmpty = ({ type, choices, secret, targets, hasDefault, default: own }: InputField) =>
  TEXTS.includes(type) &&
  targets.length > 0 &&
  !secret &&
  (choices?.length ?? 0) === 0 &&
  !(hasDefault && own === '');

/** Gives an input an empty text. */
export function EmptyChoice({ field, label }: { field: InputField; label: string }) {
  const store = useLaunchStore();
  if (!takesEmpty(field)) return null;
  return (
    <IconButton
      data-quiet
      label={`Give ${label} an empty text`}
      icon={<CircleSlash2 />}
      onClick={() => setValue(store, field.name, '')}
    />
  );
}
