import type { InputField, InputSchema } from '../../shared/domain/inputs.ts';
import { noValues, type JsonValues } from '../../shared/domain/json.ts';
import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import { faultsOf, type ValueFault } from './check-value.ts';
import { constantProblem, problemOf, unknownName } from './check-values.ts';
import { readEntries, readParam, type ReadParam } from './read-param.ts';

export interface ReadParams {
  values: JsonValues;
  /** What a person should know of how it was read: "epochs: 1e3 is read as 1000." */
  notes: string[];
  /** All that is wrong; what is missing is not looked for. */
  problems: LaunchProblem[];
}

/** Problems after which no near names are looked for. */
const SUGGESTED = 10;

/** Reads `name=text` pairs by the types of the inputs. A name that is there several times is a list. */
export function readParams(schema: InputSchema, pairs: readonly string[]): ReadParams {
  const values = noValues();
  const read: ReadParams = { values, notes: [], problems: [] };
  for (const [name, texts] of gathered(pairs, read.problems)) {
    const field = fieldNamed(schema, name);
    if (!field) read.problems.push(unknownName(name, schema, read.problems.length < SUGGESTED));
    else if (field.targets.length === 0) read.problems.push(constantProblem(field.name));
    else take(field, texts, read);
  }
  return read;
}

function gathered(pairs: readonly string[], problems: LaunchProblem[]): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at <= 0) {
      const message = `"${pair.slice(0, 60)}" is no name=value.`;
      const next = 'Write the input as name=value.';
      problems.push({ code: 'E_ARGS', path: 'values', message, next });
      continue;
    }
    const name = pair.slice(0, at);
    byName.set(name, [...(byName.get(name) ?? []), pair.slice(at + 1)]);
  }
  return byName;
}

/** `learning-rate` is `learning_rate` when there is no other. */
function fieldNamed({ fields }: InputSchema, name: string): InputField | null {
  const exact = fields.find((field) => field.name === name);
  if (exact) return exact;
  const alike = fields.filter((field) => plain(field.name) === plain(name));
  return alike.length === 1 ? alike[0]! : null;
}

const plain = (name: string): string => name.replaceAll('-', '_');

function take(field: InputField, texts: readonly string[], read: ReadParams): void {
  const found = readTexts(field, texts);
  if ('fault' in found) {
    read.problems.push(problemOf(field.name, { ...found.fault, path: [] }));
    return;
  }
  const faults: ValueFault[] = faultsOf(field, found.value);
  read.problems.push(...faults.map((fault) => problemOf(field.name, fault)));
  if (faults.length > 0) return;
  read.values[field.name] = found.value;
  if (found.note !== null) read.notes.push(`${field.name}: ${found.note}`);
}

function readTexts(field: InputField, texts: readonly string[]): ReadParam {
  const [text = ''] = texts;
  if (texts.length === 1) return readParam(field, text);
  if (field.type === 'list') return readEntries(field, texts);
  return { fault: { code: 'E_PARAM_VALUE', text: 'is given twice', next: 'Give it once.' } };
}
