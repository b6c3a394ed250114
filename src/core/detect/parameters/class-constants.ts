import type { Statement } from '../python/ast.ts';
import type { Draft } from '../reading/machine.ts';
import type { Module } from '../reading/modules.ts';
import type { ClassValue, Scope } from '../reading/values.ts';
import { draft } from '../knowledge/draft.ts';
import { evaluatedConstant } from './constant-value.ts';
import { isSetting } from './globals.ts';

/** Names that classes have whose only use is to hold settings. */
const HOLDER =
  /^(?:\w*(?:cfg|config|hparams|hyper_?params?|hyperparameters|hyper|settings|params|args))$/i;

/**
 * Plain values in classes of a script that hold settings (`class CFG: lr = 0.1`, a dataclass that is
 * used as it stands): shown, but not settable from outside. None of what is a parameter already.
 */
export function classConstants(module: Module, scope: Scope, known: readonly Draft[]): Draft[] {
  const lines = new Set(known.map(({ evidence }) => `${evidence.file}:${evidence.line}`));
  return module.body.flatMap((statement) => {
    const value = statement.kind === 'class' ? scope.names.get(statement.name) : undefined;
    if (value?.kind !== 'class' || !HOLDER.test(value.statement.name)) return [];
    return value.statement.body
      .flatMap((each) => constantDraft(module, value, each))
      .filter(({ evidence }) => !lines.has(`${evidence.file}:${evidence.line}`));
  });
}

function constantDraft(module: Module, of: ClassValue, statement: Statement): Draft[] {
  const target = statement.kind === 'assign' ? statement.targets[0] : undefined;
  if (statement.kind !== 'assign' || target?.kind !== 'name' || !statement.value) return [];
  const value = evaluatedConstant(statement.value);
  if (!value || target.name.startsWith('_') || !isSetting(value)) return [];
  const name = `${of.statement.name}.${target.name}`;
  const evidence = { file: module.path, line: statement.line };
  const made = { name, target: { kind: 'constant' as const, name }, via: 'global', evidence };
  return [draft(made, { value, confidence: 0.3 })];
}
