import type { Parameter } from '../../../shared/domain/detection.ts';
import type { Draft, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import { constant, external, NONE } from '../reading/values.ts';
import type { Call, Native, Value } from '../reading/values.ts';
import { argument, choicesOf, draft, helpOf, isTrue } from './draft.ts';
import { typeOfClass } from './types.ts';

/** What a call of `add_argument` adds, by the name it has in the namespace. */
export interface Added {
  dest: string;
  draft: Draft;
}

/** `argparse.FileType('w')`. */
export class FileType implements Native {
  readonly text = 'file';
}

/** Actions that answer by themselves and set nothing. */
const ANSWERS = new Set(['version', 'help', 'parsers', 'callback']);

/** The parameter of a call of `add_argument`; null when it is none or its name is not known. */
export function addArgument(machine: Machine, call: Call, via: string): Added | null {
  const action = actionOf(call.named.get('action'));
  if (ANSWERS.has(action)) return null;
  const flags = call.positional.map(textOf).filter((each) => each !== undefined);
  const dest = textOf(call.named.get('dest')) ?? destOf(flags);
  if (dest === undefined || dest === '') return null;
  const flag = flagOf(flags);
  const value = defaultOf(call, action, flag !== null);
  const made = draft(
    { name: dest, target: targetOf(call, action, flag, flags), via, evidence: call.evidence },
    {
      type: typeOf(machine, call, action),
      value,
      required: isTrue(call.named.get('required')) || (flag === null && value === null),
      choices: choicesOf(call.named.get('choices')),
      help: helpOf(call.named.get('help')),
    },
  );
  return { dest, draft: made };
}

/** `store_true`, or the last part of the name of a class. */
function actionOf(value: Value | undefined): string {
  if (value?.kind === 'external') return value.name.slice(value.name.lastIndexOf('.') + 1);
  return textOf(value) ?? 'store';
}

const long = (flags: readonly string[]): string | undefined =>
  flags.find((flag) => flag.startsWith('--')) ?? flags.find((flag) => /^-[^-]./.test(flag));

const flagOf = (flags: readonly string[]): string | null =>
  long(flags) ?? flags.find((flag) => flag.startsWith('-')) ?? null;

/** As argparse names it: the first long flag, with underscores; positional ones as they stand. */
function destOf(flags: readonly string[]): string | undefined {
  const flag = long(flags) ?? flags[0];
  return flag?.startsWith('-') ? flag.replace(/^-+/, '').replaceAll('-', '_') : flag;
}

function targetOf(
  call: Call,
  action: string,
  flag: string | null,
  flags: readonly string[],
): Draft['target'] {
  const multiple = isList(call) ? 'words' : null;
  if (flag === null) return argument(null, 'positional', { multiple });
  if (action === 'BooleanOptionalAction') {
    const given = flags.find((each) => each.startsWith('--')) ?? flag;
    return argument(given, 'negatable-flag', { negative: given.replace(/^--/, '--no-') });
  }
  if (/^store_(?:true|false|const)$/.test(action)) return argument(flag, 'flag');
  if (action === 'count' || action === 'append_const') {
    return argument(flag, 'flag', { multiple: 'repeat' });
  }
  if (action === 'append') return argument(flag, 'space', { multiple: 'repeat' });
  return argument(flag, 'space', { multiple });
}

function isList(call: Call): boolean {
  const nargs = call.named.get('nargs');
  if (nargs?.kind === 'external') return true;
  return nargs?.kind === 'constant' && nargs.value !== '?' && nargs.value !== null;
}

/** Null when there is none; what argparse gives when nothing is said. */
function defaultOf(call: Call, action: string, optional: boolean): Value | null {
  const given = call.named.get('default');
  if (given?.kind === 'external' && given.name === 'argparse.SUPPRESS') return null;
  if (given) return given;
  if (action === 'store_true') return constant(false);
  if (action === 'store_false') return constant(true);
  const nargs = textOf(call.named.get('nargs'));
  if (optional || nargs === '?') return isTrue(call.named.get('required')) ? null : NONE;
  return nargs === '*' ? { kind: 'list', items: [], tuple: false } : null;
}

function typeOf(machine: Machine, call: Call, action: string): Parameter['type'] | null {
  if (/^store_(?:true|false)$|^BooleanOptionalAction$/.test(action)) return 'boolean';
  if (action === 'count') return 'integer';
  if (isList(call) || action.startsWith('append') || action === 'extend') return 'list';
  const type = call.named.get('type');
  if (!type) return action === 'store' && isTextual(call) ? 'string' : null;
  return converterType(machine, type);
}

/** Without a type argparse gives text, but for a default of another kind. */
function isTextual(call: Call): boolean {
  const value = call.named.get('default');
  return (
    !value || value.kind !== 'constant' || value.value === null || typeof value.value === 'string'
  );
}

/** The type that a converter gives: a class, or a function of the code with a telling sign. */
function converterType(machine: Machine, value: Value): Parameter['type'] | null {
  if (value.kind === 'native') return value.native instanceof FileType ? 'path' : null;
  if (value.kind === 'external') {
    if (value.name === 'json.loads') return 'object';
    if (value.name.startsWith('os.path.')) return 'path';
    if (/bool/i.test(value.name)) return 'boolean';
  }
  // optparse names types by text.
  if (value.kind === 'constant')
    return typeOfClass(machine, external(`builtins.${value.value}`)).type;
  if (value.kind !== 'function') return typeOfClass(machine, value).type;
  return /bool/i.test(value.statement.name) ? 'boolean' : null;
}
