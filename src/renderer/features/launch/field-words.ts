import type { InputField, InputTarget } from '../../../shared/domain/inputs.ts';
import { plural } from '../../lib/format.ts';
import { targetWords } from '../detection/parameter-words.ts';
import type { Json } from '../../../shared/domain/json.ts';

/** A value on one line, short enough for a placeholder or a list. */
export function valueWords(value: Json | undefined, limit = 60): string {
  if (value === undefined) return 'not set';
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

const whereTo = (target: InputTarget): string =>
  target.kind === 'secret' ? `$${target.variable}, as a secret` : targetWords(target);

/** Every place a value goes to: `--lr and config.lr`. */
export const targetsWords = ({ targets }: Pick<InputField, 'targets'>): string =>
  targets.map(whereTo).join(' and ');

function range(field: InputField): string | null {
  const low = field.minimum ?? field.exclusiveMinimum;
  const high = field.maximum ?? field.exclusiveMaximum;
  const above = field.minimum === null ? 'above' : 'at least';
  const below = field.maximum === null ? 'below' : 'at most';
  if (low === null) return high === null ? null : `${below} ${high}`;
  if (high === null) return `${above} ${low}`;
  const isPlain = field.minimum !== null && field.maximum !== null;
  return isPlain ? `${low} to ${high}` : `${above} ${low}, ${below} ${high}`;
}

function length({ minItems, maxItems }: InputField): string | null {
  if (minItems !== null && maxItems !== null) return `${minItems} to ${plural(maxItems, 'item')}`;
  if (minItems !== null) return `at least ${plural(minItems, 'item')}`;
  return maxItems === null ? null : `at most ${plural(maxItems, 'item')}`;
}

/** What a value may be, beside its type: "at least 0, in steps of 8". */
export const limitWords = (field: InputField): string =>
  [
    range(field),
    field.step === null ? null : `in steps of ${field.step}`,
    length(field),
    field.uniqueItems ? 'each once' : null,
    field.format,
  ]
    .filter((word) => word !== null)
    .join(', ');

/** The quiet line under an input. */
export const helpWords = (field: InputField): string => {
  const limits = limitWords(field);
  if (!field.help) return limits && limits.charAt(0).toUpperCase() + limits.slice(1);
  return limits ? `${field.help.replace(/\.$/, '')} (${limits})` : field.help;
};

/** Type, where it goes and how it is known, a line each. */
export function originLines(field: InputField): string[] {
  const kind = field.type === 'unknown' ? 'Type not known' : field.type;
  const items = field.items ? ` of ${field.items.type}` : '';
  const to = field.targets.length > 0 ? `Goes to ${targetsWords(field)}` : 'Cannot be set';
  return [`${field.name}: ${kind}${items}`, to, ...field.origins.map(({ text }) => text)];
}

/** The label: its title, else its own part of the name. */
export function fieldLabel(field: InputField): string {
  if (field.title) return field.title;
  const prefix = `${field.group.join('.')}.`;
  const isNested = field.group.length > 0 && field.name.startsWith(prefix);
  return isNested ? field.name.slice(prefix.length) : field.name;
}

/** What stands in an empty control: the default, else what the schema proposes. */
export function placeholderOf(field: InputField): string {
  if (field.hasDefault && field.secret) return '••••';
  if (field.hasDefault && field.default === null) return 'none';
  if (field.hasDefault && field.default === '') return 'empty';
  return field.hasDefault ? valueWords(field.default) : (field.placeholder ?? '');
}
