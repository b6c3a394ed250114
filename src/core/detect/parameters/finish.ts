import type { Parameter } from '../../../shared/domain/detection.ts';
import { typeOfValue } from '../knowledge/draft.ts';
import type { Draft } from '../reading/machine.ts';
import { toJson, type Json } from '../reading/plain.ts';

const SECRET =
  /(?:^|[_.-])(?:(?:api|access|secret|private|auth|signing|encryption|service|aws|hf|openai|wandb)[_-]?keys?|keys?$|tokens?|passw(?:or)?d|passphrase|pwd|secrets?|credentials?)(?:$|[_.-])/i;
/** Words in which a token is a piece of text. */
const NO_SECRET =
  /(?:max|num|n|min|new|special|per|pad|bos|eos|unk|mask|sep|cls|stop|total)[_-]?(?:\w+[_-])?tokens?|tokens?[_-](?:per|type|limit|size|count|ids?|len)|sort[_-]?key|keys?[_-](?:size|dim)/i;

export const looksSecret = (name: string): boolean => SECRET.test(name) && !NO_SECRET.test(name);

const LIMIT = 1000;
const TEXT_LIMIT = 2000;

/**
 * Drafts as parameters: each name once for a command, what can be set before what cannot. `others` are
 * further ways to set something of a name that is there.
 */
export function finish(drafts: readonly Draft[]): Record<'parameters' | 'others', Parameter[]> {
  const byName = new Map<string, Draft>();
  for (const each of drafts) {
    const known = byName.get(keyOf(each));
    if (!known || rank(each) < rank(known)) byName.set(keyOf(each), each);
  }
  const chosen = [...byName.values()].filter((each) => !isRepeated(each, byName));
  const taken = new Set(chosen);
  const names = new Set(chosen.map(({ name }) => name));
  const isOther = (each: Draft): boolean => names.has(each.name) && !taken.has(each);
  return {
    parameters: chosen.slice(0, LIMIT).map(parameter),
    others: drafts
      .filter((each) => each.target.kind !== 'constant' && isOther(each))
      .filter((each) => !chosen.some((one) => one.name === each.name && isOneWay(one, each)))
      .slice(0, LIMIT)
      .map(parameter),
  };
}

const keyOf = ({ command, name }: Draft): string => `${command ?? ''} ${name}`;

/** Code may read one variable, or define one argument, in several places. */
function isOneWay({ target: a }: Draft, { target: b }: Draft): boolean {
  if (a.kind === 'file' && b.kind === 'file') return a.path === b.path;
  return a.kind === b.kind;
}

/** `wandb.init(config=args)`: what is an argument already is no second parameter. */
function isRepeated(each: Draft, byName: ReadonlyMap<string, Draft>): boolean {
  if (each.target.kind !== 'config') return false;
  return [...byName.values()].some(
    (other) => other.name === each.name && other.target.kind === 'argument',
  );
}

const ORDER = ['argument', 'config', 'file', 'environment', 'constant'];
const rank = (each: Draft): number => ORDER.indexOf(each.target.kind);

function parameter(each: Draft): Parameter {
  const type = typeOf(each);
  const json = each.value ? toJson(each.value) : undefined;
  const { value, ...rest } = each;
  const isKnown = json !== undefined && JSON.stringify(json).length <= TEXT_LIMIT;
  return {
    ...rest,
    type,
    default: isKnown ? converted(json, type) : null,
    hasDefault: isKnown,
    required: each.required && value === null,
    help: each.help === null ? null : each.help.slice(0, TEXT_LIMIT),
    secret: looksSecret(each.name),
  };
}

function typeOf(each: Draft): Parameter['type'] {
  const known = each.type ?? typeOfValue(each.value) ?? typeOfChoices(each.choices);
  // Variables and what click is told nothing of arrive as text.
  const isText = each.target.kind === 'environment' || each.via === 'click';
  return known ?? (isText ? 'string' : 'unknown');
}

function typeOfChoices(choices: Draft['choices']): Parameter['type'] | null {
  if (!choices || choices.length === 0) return null;
  if (choices.every((each) => typeof each === 'string')) return 'string';
  if (!choices.every((each) => typeof each === 'number')) return null;
  return choices.every(Number.isInteger) ? 'integer' : 'number';
}

/** A default that is written as text counts as what it is read as. */
function converted(value: Json, type: Parameter['type']): Json {
  if (typeof value !== 'string' || (type !== 'integer' && type !== 'number')) return value;
  const number = Number(value.replaceAll('_', ''));
  return value.trim() !== '' && Number.isFinite(number) ? number : value;
}
