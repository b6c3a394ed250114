/** The parts of Python's syntax that detection looks at. Lines count from 1. */

interface At {
  line: number;
}

export interface Argument {
  /** `name=value`; null for one by position. */
  name: string | null;
  star: '' | '*' | '**';
  value: Expression;
}

export interface NameExpression extends At {
  kind: 'name';
  name: string;
}

export interface CallExpression extends At {
  kind: 'call';
  callee: Expression;
  arguments: Argument[];
}

export type Expression =
  | NameExpression
  | CallExpression
  | (At & { kind: 'attribute'; of: Expression; name: string })
  | (At & { kind: 'subscript'; of: Expression; index: Expression })
  /** `float` tells `1.0` from `1`. */
  | (At & { kind: 'constant'; value: number | string | boolean | null; float: boolean })
  /** An f-string or a joined string with parts that are not constant. */
  | (At & { kind: 'format'; parts: (string | Expression)[] })
  | (At & { kind: 'sequence'; type: 'list' | 'tuple' | 'set'; items: Expression[] })
  /** A null key is `**value`. */
  | (At & { kind: 'dict'; entries: { key: Expression | null; value: Expression }[] })
  | (At & { kind: 'unary'; operator: string; of: Expression })
  | (At & { kind: 'binary'; operator: string; left: Expression; right: Expression })
  | (At & { kind: 'starred'; of: Expression })
  | (At & { kind: 'conditional'; chosen: Expression; otherwise: Expression; test: Expression })
  | (At & { kind: 'lambda'; body: Expression })
  | (At & { kind: 'other'; parts: Expression[] });

export interface FunctionParameter extends At {
  name: string;
  annotation: Expression | null;
  value: Expression | null;
  kind: 'plain' | 'keyword' | '*' | '**';
}

export interface FunctionStatement extends At {
  kind: 'function';
  name: string;
  parameters: FunctionParameter[];
  decorators: Expression[];
  body: Statement[];
}

export interface ClassStatement extends At {
  kind: 'class';
  name: string;
  bases: Argument[];
  decorators: Expression[];
  body: Statement[];
}

export interface ImportedName {
  /** What it is called here; `*` for all names of a module. */
  local: string;
  /** `a.b` of `import a.b` and of `from a.b import c`. */
  module: string;
  /** `c` of `from a.b import c`; null for the module itself. */
  member: string | null;
}

export type Statement =
  /** Also what a `with` binds; the value is null for `name: type`. */
  | (At & {
      kind: 'assign';
      targets: Expression[];
      annotation: Expression | null;
      value: Expression | null;
    })
  | (At & { kind: 'update'; target: Expression; operator: string; value: Expression })
  | (At & { kind: 'expression'; value: Expression })
  | (At & { kind: 'return'; value: Expression | null })
  | FunctionStatement
  | ClassStatement
  /** `level` is the number of dots before the name. */
  | (At & { kind: 'import'; level: number; names: ImportedName[] })
  | (At & { kind: 'for'; target: Expression; iterable: Expression; body: Statement[] })
  | (At & { kind: 'if'; test: Expression; body: Statement[]; otherwise: Statement[] })
  /** `while`, `with`, `try`, `match` and all else, with what is inside of it. */
  | (At & { kind: 'block'; body: Statement[] });
