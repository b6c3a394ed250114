import type { Parameter } from '../../../shared/domain/detection.ts';
import type { Handler, Knowledge } from '../reading/machine.ts';
import { joinedText, textOf, toJson } from '../reading/plain.ts';
import { constant, native, UNKNOWN } from '../reading/values.ts';
import type { Call, DictEntry, Value } from '../reading/values.ts';
import { ParameterValue, parameterOf } from './draft.ts';

/** A conversion: gives constants their new kind, and tells what a parameter is taken for. */
const conversion =
  (type: Parameter['type'], work: (value: Value) => Value): Handler =>
  (_machine, call) => {
    const [value] = call.positional;
    const draft = parameterOf(value);
    if (!draft) return value ? work(value) : null;
    draft.type ??= type;
    return native(new ParameterValue(draft));
  };

const toNumber =
  (float: boolean) =>
  (value: Value): Value => {
    const json = toJson(value);
    const known = typeof json === 'number' || (typeof json === 'string' && json.trim() !== '');
    const number = known ? Number(json) : Number.NaN;
    if (!Number.isFinite(number)) return UNKNOWN;
    return float ? constant(number, true) : constant(Math.trunc(number));
  };

const toText = (value: Value): Value => {
  if (value.kind === 'text') return { ...value, path: false };
  return value.kind === 'constant' ? joinedText([value], '', false) : UNKNOWN;
};

const toPath: Handler = (_machine, call) => {
  const parts = call.positional.length > 0 ? call.positional : [constant('.')];
  const [only] = parts;
  const draft = parts.length === 1 ? parameterOf(only) : null;
  if (draft && draft.type === null) draft.type = 'path';
  return joinedText(parts, '/', true);
};

const joinPath: Handler = (_machine, call) => joinedText(call.positional, '/', false);

const toList: Handler = (_machine, call) => {
  const [value] = call.positional;
  if (value?.kind === 'list') return { ...value, items: [...value.items] };
  if (value?.kind === 'dict') {
    const items = [...value.entries.keys()].map((key) => constant(key));
    return { kind: 'list', items, tuple: false };
  }
  return value ? UNKNOWN : { kind: 'list', items: [], tuple: false };
};

const toDict: Handler = (_machine, call) => {
  const entries = new Map<string, DictEntry>();
  const [first] = call.positional;
  if (first?.kind === 'native' && call.named.size === 0) return first;
  if (first?.kind === 'dict') for (const [key, entry] of first.entries) entries.set(key, entry);
  for (const [key, value] of call.named) entries.set(key, { key, value, evidence: call.evidence });
  return { kind: 'dict', entries };
};

/** Functions that give back what they are given, or a copy of it. */
const same: Handler = (_machine, call) => call.positional[0] ?? null;

const RANGE_LIMIT = 100;

const range: Handler = (_machine, call) => {
  const numbers = call.positional.map(toJson);
  const [a = 0, b, step = 1] = numbers;
  const [start, end] = b === undefined ? [0, a] : [a, b];
  if (typeof start !== 'number' || typeof end !== 'number' || typeof step !== 'number') return null;
  const count = Math.ceil((end - start) / step);
  if (!(count >= 0 && count <= RANGE_LIMIT)) return null;
  const items = Array.from({ length: count }, (_, index) => constant(start + index * step));
  return { kind: 'list', items, tuple: false };
};

const pairs = (lists: readonly Value[]): Value => {
  const all = lists.map((each) => (each.kind === 'list' ? each.items : null));
  if (all.includes(null)) return UNKNOWN;
  const shortest = Math.min(...all.map((each) => each?.length ?? 0));
  const items = Array.from({ length: all.length ? shortest : 0 }, (_, index): Value => ({
    kind: 'list',
    items: all.map((each) => each?.[index] ?? UNKNOWN),
    tuple: true,
  }));
  return { kind: 'list', items, tuple: false };
};

const enumerate: Handler = (_machine, call) => {
  const [list] = call.positional;
  if (list?.kind !== 'list') return null;
  return pairs([{ ...list, items: list.items.map((_, index) => constant(index)) }, list]);
};

/** `getattr(args, "lr", 3)`. */
const getAttribute: Handler = (machine, call) => {
  const [of, name] = call.positional;
  const key = textOf(name);
  if (!of || key === undefined) return null;
  const value = machine.attribute(of, key, call.evidence);
  const draft = parameterOf(value);
  const [, , fallback] = call.positional;
  if (draft?.target.kind === 'config' && fallback) draft.value ??= fallback;
  return value.kind === 'unknown' ? (fallback ?? value) : value;
};

const items = (call: Call, of: Value): Value | null => {
  if (of.kind !== 'dict' || call.positional.length > 0) return null;
  const list = [...of.entries.values()].map(({ key, value }): Value => ({
    kind: 'list',
    items: [constant(key), value],
    tuple: true,
  }));
  return { kind: 'list', items: list, tuple: false };
};

export const BUILTINS: Knowledge = {
  functions: {
    'builtins.int': conversion('integer', toNumber(false)),
    'builtins.float': conversion('number', toNumber(true)),
    'builtins.str': conversion('string', toText),
    'builtins.bool': conversion('boolean', () => UNKNOWN),
    'builtins.list': toList,
    'builtins.tuple': toList,
    'builtins.sorted': toList,
    'builtins.reversed': (_machine, call) => {
      const [value] = call.positional;
      return value?.kind === 'list' ? { ...value, items: value.items.toReversed() } : null;
    },
    'builtins.dict': toDict,
    'builtins.range': range,
    'builtins.zip': (_machine, call) => pairs(call.positional),
    'builtins.enumerate': enumerate,
    'builtins.getattr': getAttribute,
    'builtins.vars': same,
    'dataclasses.asdict': same,
    'copy.copy': same,
    'copy.deepcopy': same,
    'omegaconf.OmegaConf.to_container': same,
    'omegaconf.OmegaConf.create': same,
    'omegaconf.OmegaConf.structured': same,
    'types.SimpleNamespace': toDict,
    'easydict.EasyDict': toDict,
    'ml_collections.ConfigDict': toDict,
    'collections.OrderedDict': toDict,
    'pathlib.Path': toPath,
    'pathlib.PurePath': toPath,
    'pathlib.PosixPath': toPath,
    'os.path.join': joinPath,
    'os.path.expanduser': same,
    'os.path.abspath': same,
    'os.path.realpath': same,
    'os.fspath': same,
  },
  methods: {
    items: (_machine, call, of) => items(call, of),
    keys: (_machine, _call, of) =>
      of.kind === 'dict'
        ? { kind: 'list', items: [...of.entries.keys()].map((key) => constant(key)), tuple: false }
        : null,
    copy: (_machine, _call, of) =>
      of.kind === 'dict' ? { kind: 'dict', entries: new Map(of.entries) } : null,
    get: (_machine, call, of) => {
      const key = textOf(call.positional[0]);
      if (of.kind !== 'dict' || key === undefined) return null;
      return of.entries.get(key)?.value ?? call.positional[1] ?? constant(null);
    },
    update: (machine, call, of) => {
      const given = toDict(machine, call, of);
      if (of.kind !== 'dict' || given?.kind !== 'dict') return null;
      for (const [key, entry] of given.entries) of.entries.set(key, entry);
      return constant(null);
    },
    append: (_machine, call, of) => {
      if (of.kind === 'list' && of.items.length < 1000) of.items.push(...call.positional);
      return constant(null);
    },
    resolve: (_machine, _call, of) => (of.kind === 'text' ? of : null),
    absolute: (_machine, _call, of) => (of.kind === 'text' ? of : null),
    expanduser: (_machine, _call, of) => (of.kind === 'text' ? of : null),
    joinpath: (_machine, call, of) => joinedText([of, ...call.positional], '/', true),
    format: (_machine, _call, of) =>
      textOf(of) === undefined
        ? null
        : {
            kind: 'text',
            text: (textOf(of) ?? '').replace(/\{[^{}]*\}/g, '*'),
            path: false,
            known: false,
          },
    model_dump: (_machine, _call, of) => (of.kind === 'instance' ? of : null),
    to_dict: (_machine, _call, of) => (of.kind === 'instance' ? of : null),
  },
};
