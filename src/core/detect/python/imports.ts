import type { ImportedName, Statement } from './ast.ts';

const FROM = /^from\s*(\.*)\s*([\w.]*)\s*import\s*(.*)$/s;

/** Reads an import statement from its text. */
export function importStatement(text: string, line: number): Statement {
  const plain = text
    .replace(/#.*$/gm, '')
    .replace(/[\\()\r\n;]+/g, ' ')
    .trim();
  const [, dots = '', module = '', list] = FROM.exec(plain) ?? [];
  const names =
    list === undefined
      ? namesOf(plain.replace(/^import\s+/, '')).map(([name, as]) => moduleName(name, as))
      : namesOf(list).map(([name, as]) => ({ local: as ?? name, module, member: name }));
  return { kind: 'import', level: dots.length, names, line };
}

/** `import a.b` binds `a`; `import a.b as c` binds the inner module. */
function moduleName(name: string, as: string | undefined): ImportedName {
  if (as !== undefined) return { local: as, module: name, member: null };
  return { local: name.split('.')[0] ?? name, module: name, member: null };
}

function namesOf(list: string): [string, string | undefined][] {
  return list.split(',').flatMap((part): [string, string | undefined][] => {
    const [, name, as] = /^\s*([\w.]+|\*)(?:\s+as\s+(\w+))?\s*$/u.exec(part) ?? [];
    return name === undefined ? [] : [[name, as]];
  });
}
