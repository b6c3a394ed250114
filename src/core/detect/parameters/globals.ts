import type { Statement } from '../python/ast.ts';
import type { Module } from '../reading/modules.ts';
import type { Draft } from '../reading/machine.ts';
import { toJson } from '../reading/plain.ts';
import type { Scope, Value } from '../reading/values.ts';
import { argument, draft, typeOfValue } from '../knowledge/draft.ts';

/** Names in small letters that are settings wherever they stand. */
const WELL_KNOWN =
  /^(?:(?:learning_rate|lr|batch_size|(?:num_|n_|max_)?epochs|(?:num_|n_|max_)?steps|seed|random_seed|momentum|weight_decay|dropout|hidden_size|num_workers|test_size))$/;
const UPPER = /^[A-Z][A-Z0-9_]*$/;
const TEXT_LIMIT = 300;

interface Assigned {
  name: string;
  line: number;
}

/** Names that are bound once at the top level of a module, before a line, in order. */
function assignedOnce(body: readonly Statement[], before: number): Assigned[] {
  const seen = new Map<string, number>();
  const found: Assigned[] = [];
  for (const { name, line } of body.flatMap(bindings)) {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    if (times === 1 && line < before) found.push({ name, line });
  }
  return found.filter(({ name }) => seen.get(name) === 1);
}

function bindings(statement: Statement): Assigned[] {
  if (statement.kind !== 'assign' && statement.kind !== 'update') return [];
  const targets = statement.kind === 'update' ? [statement.target] : statement.targets;
  return targets
    .flatMap((target) => (target.kind === 'sequence' ? target.items : [target]))
    .flatMap((target) =>
      target.kind === 'name' ? [{ name: target.name, line: statement.line }] : [],
    );
}

/** Constants at the top of a script: shown, but not settable from outside. */
export function globalDrafts(module: Module, scope: Scope, used: ReadonlySet<Value>): Draft[] {
  return assignedOnce(module.body, Infinity).flatMap(({ name, line }) => {
    const value = scope.names.get(name);
    const isNamed = UPPER.test(name) || WELL_KNOWN.test(name);
    if (!isNamed || !value || used.has(value) || !isSetting(value)) return [];
    const evidence = { file: module.path, line };
    const target = { kind: 'constant' as const, name };
    const confidence = UPPER.test(name) ? 0.4 : 0.3;
    return [draft({ name, target, via: 'global', evidence }, { value, confidence })];
  });
}

/** Whether a value is one that a person may want to change. */
export function isSetting(value: Value): boolean {
  const json = toJson(value);
  if (json === undefined || json === null || value.kind === 'dict') return false;
  if (typeof json === 'string') return !json.includes('\n') && json.length <= TEXT_LIMIT;
  return !Array.isArray(json) || (json.length > 0 && json.length <= 20);
}

const CONFIGURATOR = /^exec\(open\(\s*(['"])(?:[\w./]*)configurator\.py\1/;

/**
 * The way of nanoGPT: a script runs `configurator.py` in its own names, which takes `--name=value` for
 * every plain global that was set before.
 */
export function configuratorDrafts(module: Module, scope: Scope): Draft[] {
  const call = module.body.find(
    (statement) =>
      statement.kind === 'expression' && CONFIGURATOR.test(module.source.line(statement.line)),
  );
  if (!call) return [];
  return assignedOnce(module.body, call.line).flatMap(({ name, line }) => {
    const value = scope.names.get(name);
    const type = typeOfValue(value ?? null);
    if (name.startsWith('_') || !value || value.kind !== 'constant' || type === null) return [];
    const help = /#\s*(.+)$/.exec(module.source.line(line))?.[1]?.trim() ?? null;
    const evidence = { file: module.path, line };
    const target = argument(`--${name}`, 'equals');
    return [draft({ name, target, via: 'global', evidence }, { value, help, confidence: 0.85 })];
  });
}
