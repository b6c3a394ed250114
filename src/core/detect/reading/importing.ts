import type { ImportedName, Statement } from '../python/ast.ts';
import type { Module, Modules } from './modules.ts';
import { external, UNKNOWN } from './values.ts';
import type { Scope, Value } from './values.ts';

/** What importing needs of the reader. */
export interface Importing {
  modules: Modules;
  /** The names of a module, which is read when it was not. */
  scopeOf: (module: Module) => Scope;
  /** An object of a package that is known, by its full name. */
  objectOf: (name: string) => Value | null;
}

/** Binds the names of an import statement. */
export function importNames(
  importing: Importing,
  from: Module,
  { level, names }: Statement & { kind: 'import' },
  scope: Scope,
): void {
  for (const name of names) {
    if (name.member !== '*') {
      scope.names.set(name.local, importedValue(importing, from, level, name));
      continue;
    }
    const module = importing.modules.find(from, level, name.module);
    for (const [each, value] of module ? importing.scopeOf(module).names : []) {
      if (!each.startsWith('_')) scope.names.set(each, value);
    }
  }
}

/** What the name of an import stands for. */
function importedValue(
  { modules, scopeOf, objectOf }: Importing,
  from: Module,
  level: number,
  { local, module: name, member }: ImportedName,
): Value {
  const module = modules.find(from, level, name);
  if (member === null) {
    // `import a.b` binds `a`, of which `b` is a member.
    const [top = ''] = name.split('.');
    const start = local === top ? modules.find(from, level, top) : module;
    if (module) scopeOf(module);
    return start ? { kind: 'module', module: start } : external(local === top ? top : name);
  }
  const own = module && module !== from ? scopeOf(module).names.get(member) : undefined;
  if (own) return own;
  const inner = modules.find(from, level, name ? `${name}.${member}` : member);
  if (inner) {
    scopeOf(inner);
    return { kind: 'module', module: inner };
  }
  if (module || level > 0) return UNKNOWN;
  return objectOf(`${name}.${member}`) ?? external(`${name}.${member}`);
}

/** What an undecided branch changed is not known behind it: `after` is what the other one left. */
export function mergeBranch(scope: Scope, after: ReadonlyMap<string, Value>): void {
  for (const [name, value] of after) {
    const other = scope.names.get(name);
    const isNothing =
      !other || other.kind === 'unknown' || (other.kind === 'constant' && other.value === null);
    if (isNothing) scope.names.set(name, value);
    else if (other !== value && other.kind === 'constant') scope.names.set(name, UNKNOWN);
  }
}
