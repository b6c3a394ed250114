import type { InputField } from '../../../shared/domain/inputs.ts';
import type { Json } from '../../../shared/domain/json.ts';
import {
  DEFAULT_RUN_SETTINGS,
  type LaunchSpec,
  type RunSettings,
} from '../../../shared/domain/launch-spec.ts';
import { plannedSettingsInWords } from '../../../shared/domain/settings-in-words.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { sameValue } from './value-text.ts';

/** One thing that two launches differ in; undefined where it is not set. */
export interface Difference {
  what: string;
  before: Json | undefined;
  after: Json | undefined;
}

export interface Launched {
  version: string;
  entryPoint: string;
  engine: string | null;
  spec: LaunchSpec;
}

type Leaves = Map<string, Json>;

function putLeaves(leaves: Leaves, name: string, value: Json): void {
  const entries = isRecord(value) ? Object.entries(value) : [];
  if (entries.length === 0) return void leaves.set(name, value);
  for (const [key, inner] of entries) putLeaves(leaves, `${name}.${key}`, inner);
}

/** Everything that was asked for, each under the name a person knows it by. */
function leavesOf({ version, entryPoint, engine, spec }: Launched): Leaves {
  const leaves: Leaves = new Map([
    ['Version', version],
    ['Entry point', entryPoint],
  ]);
  if (engine !== null) leaves.set('Engine', engine);
  for (const [name, value] of Object.entries(spec.values)) leaves.set(name, value);
  for (const [key, value] of Object.entries(spec.config)) putLeaves(leaves, `config.${key}`, value);
  for (const [path, values] of Object.entries(spec.files)) {
    for (const [key, value] of Object.entries(values)) putLeaves(leaves, `${path}: ${key}`, value);
  }
  for (const [name, value] of Object.entries(spec.env)) leaves.set(`$${name}`, value);
  for (const { variable, secret } of spec.secrets) leaves.set(`$${variable} (secret)`, secret);
  if (spec.args.length > 0) leaves.set('More arguments', spec.args);
  return leaves;
}

/** Of how it is executed, as the plan says it. */
const settingLeaves = (settings: RunSettings): Leaves =>
  new Map(
    plannedSettingsInWords({ ...DEFAULT_RUN_SETTINGS, ...settings }).map(({ label, text }) => [
      label,
      text.replaceAll('\n', '; '),
    ]),
  );

/** Names that one of both has another value of, in the order of the later one. */
function changed(old: Leaves, now: Leaves, defaults: Leaves): Difference[] {
  const names = new Set([...now.keys(), ...old.keys()]);
  return [...names]
    .map((what) => {
      const own = defaults.get(what);
      return { what, before: old.get(what) ?? own, after: now.get(what) ?? own };
    })
    .filter(({ before: was, after: is }) => !sameValue(was, is));
}

/** What one launch asks for that another did not, in the order of the form; what is not set is its default. */
export function differences(
  before: Launched,
  after: Launched,
  fields: readonly InputField[],
): Difference[] {
  const defaults = new Map(
    fields.filter(({ hasDefault }) => hasDefault).map((field) => [field.name, field.default]),
  );
  return [
    ...changed(leavesOf(before), leavesOf(after), defaults),
    // Apart from the rest: an input may be called as a setting is.
    ...changed(settingLeaves(before.spec.settings), settingLeaves(after.spec.settings), new Map()),
  ];
}
