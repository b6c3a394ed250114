import type { SyntaxNode } from '@lezer/common';
import type { Argument, Expression } from './ast.ts';
import { isIntegerLiteral, numberOf } from './literals.ts';
import { childrenOf, DEPTH_LIMIT, splitAt, type Source } from './source.ts';
import { stringExpression } from './strings.ts';

/** `1.` and `1.e-3`, which the grammar takes for an attribute of `1`. */
const POINT_ALONE = /^\d[\d_]*\.(?:[eE][+-]?\d+)?$/;
const NUMBER_LENGTH = 40;

/** Turns a node of the syntax tree into an {@link Expression}; `other` for what is not looked into. */
export function expressionOf(source: Source, node: SyntaxNode | undefined, depth = 0): Expression {
  const line = node ? source.lineAt(node.from) : 1;
  if (!node || depth > DEPTH_LIMIT) return { kind: 'other', parts: [], line };
  return new Converter(source, depth + 1, line).convert(node);
}

/** The arguments of a call or the bases of a class. */
export function argumentsOf(source: Source, list: SyntaxNode, depth = 0): Argument[] {
  return splitAt(inside(list), ',').map((group): Argument => {
    const [first, second, third] = group;
    const expression = (node: SyntaxNode | undefined) => expressionOf(source, node, depth);
    if (first?.name === '*' || first?.name === '**') {
      return { name: null, star: first.name, value: expression(second) };
    }
    if (second?.name === 'AssignOp' && first) {
      return { name: source.slice(first), star: '', value: expression(third) };
    }
    return { name: null, star: '', value: joined(source, group, depth) };
  });
}

/** The nodes between brackets. */
const inside = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter(({ name }) => !/^[()[\]{}]$/.test(name));

/** One node as it is; several are a comprehension or a slice, of which the parts are kept. */
function joined(source: Source, group: readonly SyntaxNode[], depth: number): Expression {
  const [first] = group;
  if (group.length === 1) return expressionOf(source, first, depth);
  const parts = group
    .filter(({ name }) => /^[A-Z]/.test(name))
    .map((node) => expressionOf(source, node, depth));
  return { kind: 'other', parts, line: first ? source.lineAt(first.from) : 1 };
}

/** `a`, or the tuple `a, b`. */
export function expressionList(source: Source, nodes: readonly SyntaxNode[]): Expression {
  const groups = splitAt(nodes, ',').map((group) => starred(source, group, 0));
  const [first] = groups;
  if (first && groups.length === 1 && !nodes.some(({ name }) => name === ',')) return first;
  return { kind: 'sequence', type: 'tuple', items: groups, line: first?.line ?? 1 };
}

function starred(source: Source, group: readonly SyntaxNode[], depth: number): Expression {
  const [first, second] = group;
  if (first?.name !== '*') return joined(source, group, depth);
  const of = expressionOf(source, second, depth);
  return { kind: 'starred', of, line: of.line };
}

class Converter {
  readonly #source: Source;
  readonly #depth: number;
  readonly #line: number;

  constructor(source: Source, depth: number, line: number) {
    this.#source = source;
    this.#depth = depth;
    this.#line = line;
  }

  convert(node: SyntaxNode): Expression {
    const line = this.#line;
    const isMember = node.name === 'MemberExpression' || node.name === 'BinaryExpression';
    if (isMember && node.to - node.from < NUMBER_LENGTH) {
      const text = this.#source.slice(node).trim();
      if (POINT_ALONE.test(text)) return this.#number(text);
    }
    switch (node.name) {
      case 'VariableName':
        return { kind: 'name', name: this.#source.slice(node), line };
      case 'None':
        return this.#constant(null);
      case 'Boolean':
        return this.#constant(this.#source.slice(node) === 'True');
      case 'Number':
        return this.#number(this.#source.slice(node));
      case 'String':
      case 'FormatString':
      case 'ContinuedString':
        return stringExpression(this.#source, node, (inner) => this.#inner(inner));
      case 'CallExpression':
        return this.#call(childrenOf(node));
      case 'MemberExpression':
        return this.#member(childrenOf(node));
      case 'ParenthesizedExpression':
        return this.#inner(inside(node)[0]);
      case 'ArrayExpression':
        return this.#sequence('list', node);
      case 'TupleExpression':
        return this.#sequence('tuple', node);
      case 'SetExpression':
        return this.#sequence('set', node);
      case 'DictionaryExpression':
        return this.#dict(node);
      case 'UnaryExpression':
        return this.#unary(childrenOf(node));
      case 'BinaryExpression':
        return this.#binary(childrenOf(node));
      case 'ConditionalExpression':
        return this.#conditional(childrenOf(node));
      case 'LambdaExpression':
        return { kind: 'lambda', body: this.#inner(childrenOf(node).at(-1)), line };
      case 'NamedExpression':
      case 'AwaitExpression':
        return this.#inner(childrenOf(node).at(-1));
      default:
        return { kind: 'other', parts: this.#parts(node), line };
    }
  }

  #inner(node: SyntaxNode | undefined): Expression {
    return expressionOf(this.#source, node, this.#depth);
  }

  #parts(node: SyntaxNode): Expression[] {
    return childrenOf(node)
      .filter(({ name }) => /^[A-Z]\w*(?:Expression|Name|String)$/.test(name))
      .map((child) => this.#inner(child));
  }

  #constant(value: string | number | boolean | null, float = false): Expression {
    return { kind: 'constant', value, float, line: this.#line };
  }

  #number(text: string): Expression {
    const value = numberOf(text);
    if (value === null) return { kind: 'other', parts: [], line: this.#line };
    return this.#constant(value, !isIntegerLiteral(text));
  }

  #call([callee, list]: SyntaxNode[]): Expression {
    const given = list ? argumentsOf(this.#source, list, this.#depth) : [];
    return { kind: 'call', callee: this.#inner(callee), arguments: given, line: this.#line };
  }

  #member(children: SyntaxNode[]): Expression {
    const of = this.#inner(children[0]);
    const line = this.#line;
    const [, , third] = children;
    if (third?.name === 'PropertyName') {
      return { kind: 'attribute', of, name: this.#source.slice(third), line };
    }
    const index = children.slice(2).filter(({ name }) => name !== ']');
    const several = index.some(({ name }) => name === ',');
    if (!several) return { kind: 'subscript', of, index: this.#joined(index), line };
    const items = splitAt(index, ',').map((group) => this.#joined(group));
    return { kind: 'subscript', of, index: { kind: 'sequence', type: 'tuple', items, line }, line };
  }

  #joined(group: SyntaxNode[]): Expression {
    return joined(this.#source, group, this.#depth);
  }

  #sequence(type: 'list' | 'tuple' | 'set', node: SyntaxNode): Expression {
    const items = splitAt(inside(node), ',').map((group) =>
      starred(this.#source, group, this.#depth),
    );
    return { kind: 'sequence', type, items, line: this.#line };
  }

  #dict(node: SyntaxNode): Expression {
    const entries = splitAt(inside(node), ',').map((group) => {
      const [first, second, third] = group;
      if (first?.name === '**') return { key: null, value: this.#inner(second) };
      return { key: this.#inner(first), value: this.#inner(third) };
    });
    return { kind: 'dict', entries, line: this.#line };
  }

  #unary([operator, of]: SyntaxNode[]): Expression {
    const text = operator ? this.#source.slice(operator) : '';
    return { kind: 'unary', operator: text, of: this.#inner(of), line: this.#line };
  }

  #binary(children: SyntaxNode[]): Expression {
    const [left, right] = [this.#inner(children[0]), this.#inner(children.at(-1))];
    const operator = children
      .slice(1, -1)
      .map((node) => this.#source.slice(node))
      .join(' ');
    return { kind: 'binary', operator, left, right, line: this.#line };
  }

  #conditional([then, , test, , otherwise]: SyntaxNode[]): Expression {
    return {
      kind: 'conditional',
      chosen: this.#inner(then),
      test: this.#inner(test),
      otherwise: this.#inner(otherwise),
      line: this.#line,
    };
  }
}
