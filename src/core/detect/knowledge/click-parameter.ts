import type { Parameter } from '../../../shared/domain/detection.ts';
import type { Draft, Machine } from '../reading/machine.ts';
import { textOf, toJson } from '../reading/plain.ts';
import { constant, NONE } from '../reading/values.ts';
import type { Call, Value } from '../reading/values.ts';
import { ClickType, isSwitch } from './click-types.ts';
import { argument, choicesOf, draft, helpOf, isTrue } from './draft.ts';
import { typeOfClass } from './types.ts';

interface Names {
  name: string;
  flag: string | null;
  negative: string | null;
}

/** The parameter of `click.option(...)` or `click.argument(...)`; null when its name is not known. */
export function clickParameter(
  machine: Machine,
  call: Call,
  kind: 'option' | 'argument',
): Draft | null {
  const words = call.positional.map(textOf).filter((each) => each !== undefined);
  const names = kind === 'argument' ? argumentNames(words) : optionNames(words);
  if (!names) return null;
  const given = call.named.get('type') ?? UNTYPED;
  const type = given.kind === 'native' && given.native instanceof ClickType ? given.native : null;
  const value = defaultOf(call, kind, names);
  const target = targetOf(call, kind, names);
  return draft(
    { name: names.name, target, via: 'click', evidence: call.evidence },
    {
      type: typeOf(call, names) ?? type?.type ?? typeOfClass(machine, given).type,
      value: isTrue(call.named.get('required')) ? null : value,
      required: value === null || isTrue(call.named.get('required')),
      choices: type?.choices ?? choicesOf(flagValues(call)) ?? typeOfClass(machine, given).choices,
      minimum: type?.minimum ?? null,
      maximum: type?.maximum ?? null,
      help: helpOf(call.named.get('help')),
    },
  );
}

const UNTYPED: Value = { kind: 'unknown' };

const argumentNames = ([name]: readonly string[]): Names | null =>
  name === undefined
    ? null
    : { name: name.toLowerCase().replaceAll('-', '_'), flag: null, negative: null };

/** As click names it: an identifier if there is one, else the first flag with two dashes. */
export function optionNames(words: readonly string[]): Names | null {
  const flags = words.filter((word) => /^\s*[-/]/.test(word));
  const pairs = flags.map((each) => each.split(/\s*[/;]\s*/).map((part) => part.trim()));
  const ons = pairs.map(([on = '']) => on).filter((on) => on !== '');
  const flag = ons.find((on) => on.startsWith('--')) ?? ons[0];
  if (flag === undefined) return null;
  const own = words.find((word) => /^[A-Za-z_]\w*$/.test(word));
  const offs = pairs.map(([, off]) => off).filter((off) => off !== undefined);
  const negative = offs.find((off) => off.startsWith('--')) ?? offs[0] ?? null;
  const name = own ?? flag.replace(/^-+/, '').replaceAll('-', '_').toLowerCase();
  return { name, flag, negative };
}

function targetOf(call: Call, kind: 'option' | 'argument', names: Names): Draft['target'] {
  const nargs = toJson(call.named.get('nargs'));
  const words = typeof nargs === 'number' && nargs !== 1 ? 'words' : null;
  if (kind === 'argument') return argument(null, 'positional', { multiple: words });
  const repeat = isTrue(call.named.get('multiple')) || isTrue(call.named.get('count'));
  if (names.negative !== null) {
    return argument(names.flag, 'negatable-flag', { negative: names.negative });
  }
  const isFlag = isSwitch(call) || isTrue(call.named.get('count')) || isBooleanDefault(call);
  return argument(names.flag, isFlag ? 'flag' : 'space', { multiple: repeat ? 'repeat' : words });
}

/** An option without a type whose default is a truth value is a flag. */
const isBooleanDefault = (call: Call): boolean =>
  !call.named.has('type') && typeof toJson(call.named.get('default')) === 'boolean';

function flagValues(call: Call): Value | undefined {
  const value = call.named.get('flag_value');
  return value ? { kind: 'list', items: [value], tuple: false } : undefined;
}

function typeOf(call: Call, names: Names): Parameter['type'] | null {
  const nargs = toJson(call.named.get('nargs'));
  if (isTrue(call.named.get('multiple'))) return 'list';
  if (typeof nargs === 'number' && nargs !== 1) return 'list';
  if (call.named.has('flag_value')) return 'string';
  if (isTrue(call.named.get('count'))) return 'integer';
  return isSwitch(call) || names.negative !== null ? 'boolean' : null;
}

/** Null when a value has to be given. */
function defaultOf(call: Call, kind: 'option' | 'argument', names: Names): Value | null {
  const given = call.named.get('default');
  const chosen = call.named.get('flag_value');
  if (chosen) return isTrue(given) ? chosen : NONE;
  if (given) return given;
  if (isTrue(call.named.get('count'))) return constant(0);
  if (isSwitch(call) || names.negative !== null) return constant(false);
  if (isTrue(call.named.get('multiple'))) return { kind: 'list', items: [], tuple: false };
  if (kind === 'option') return call.named.has('prompt') ? null : NONE;
  const optional = toJson(call.named.get('required')) === false;
  if (toJson(call.named.get('nargs')) === -1) return { kind: 'list', items: [], tuple: false };
  return optional ? NONE : null;
}
