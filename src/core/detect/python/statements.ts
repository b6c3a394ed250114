import type { SyntaxNode } from '@lezer/common';
import type { Expression, FunctionParameter, Statement } from './ast.ts';
import { argumentsOf, expressionList, expressionOf } from './expressions.ts';
import { importStatement } from './imports.ts';
import { childrenOf, DEPTH_LIMIT, splitAt, type Source } from './source.ts';

/** The statements in a node (a module or a body), with those of one line as several. */
export function statementsOf(source: Source, node: SyntaxNode | undefined, depth = 0): Statement[] {
  if (!node || depth > DEPTH_LIMIT) return [];
  return childrenOf(node).flatMap((child) => statementOf(source, child, depth + 1));
}

function statementOf(source: Source, node: SyntaxNode, depth: number): Statement[] {
  const line = source.lineAt(node.from);
  switch (node.name) {
    case 'StatementGroup':
      return statementsOf(source, node, depth);
    case 'AssignStatement':
      return [assignment(source, childrenOf(node), line)];
    case 'UpdateStatement':
      return [update(source, childrenOf(node), line)];
    case 'ExpressionStatement':
      return [{ kind: 'expression', value: expressionList(source, childrenOf(node)), line }];
    case 'ReturnStatement': {
      const value = childrenOf(node).slice(1);
      return [{ kind: 'return', value: value.length ? expressionList(source, value) : null, line }];
    }
    case 'ImportStatement':
      return [importStatement(source.slice(node), line)];
    case 'ForStatement':
      return forStatement(source, childrenOf(node), depth);
    case 'IfStatement':
      return ifStatement(source, childrenOf(node), depth);
    case 'WithStatement':
      return [withStatement(source, childrenOf(node), depth)];
    case 'FunctionDefinition':
    case 'ClassDefinition':
    case 'DecoratedStatement':
      return definition(source, node, depth);
    default:
      return others(source, node, depth);
  }
}

/** All bodies of a statement one behind the other, with what is computed for them. */
function others(source: Source, node: SyntaxNode, depth: number): Statement[] {
  const body = childrenOf(node).flatMap((child): Statement[] => {
    if (child.name === 'Body' || /(?:Body|Clause)$/.test(child.name)) {
      return statementsOf(source, child, depth);
    }
    return isExpression(child) ? [asStatement(expressionOf(source, child))] : [];
  });
  return body.length ? [{ kind: 'block', body, line: source.lineAt(node.from) }] : [];
}

const isExpression = ({ name }: SyntaxNode): boolean => /^[A-Z]\w*Expression$/.test(name);

const asStatement = (value: Expression): Statement => ({
  kind: 'expression',
  value,
  line: value.line,
});

function assignment(source: Source, children: SyntaxNode[], line: number): Statement {
  const type = children.find(({ name }) => name === 'TypeDef');
  const groups = splitAt(
    children.filter((child) => child !== type),
    'AssignOp',
  );
  const assigned = children.some(({ name }) => name === 'AssignOp');
  const sides = groups.map((group) => expressionList(source, group));
  const value = assigned && sides.length > 1 ? (sides.pop() ?? null) : null;
  return { kind: 'assign', targets: sides, annotation: annotationOf(source, type), value, line };
}

const annotationOf = (source: Source, type: SyntaxNode | undefined): Expression | null =>
  type
    ? expressionOf(
        source,
        childrenOf(type).find(({ name }) => name !== ':'),
      )
    : null;

function update(source: Source, children: SyntaxNode[], line: number): Statement {
  const at = children.findIndex(({ name }) => name === 'UpdateOp');
  const operator = children[at];
  return {
    kind: 'update',
    target: expressionList(source, children.slice(0, at)),
    operator: operator ? source.slice(operator) : '',
    value: expressionList(source, children.slice(at + 1)),
    line,
  };
}

const bodies = (children: readonly SyntaxNode[]): SyntaxNode[] =>
  children.filter(({ name }) => name === 'Body');

function forStatement(source: Source, children: SyntaxNode[], depth: number): Statement[] {
  const start = children.findIndex(({ name }) => name === 'for') + 1;
  const middle = children.findIndex(({ name }) => name === 'in');
  const end = children.findIndex(({ name }) => name === 'Body');
  const [body, ...rest] = bodies(children);
  const first = children[0];
  return [
    {
      kind: 'for',
      target: expressionList(source, children.slice(start, middle)),
      iterable: expressionList(source, children.slice(middle + 1, end)),
      body: statementsOf(source, body, depth),
      line: first ? source.lineAt(first.from) : 1,
    },
    ...rest.flatMap((each) => statementsOf(source, each, depth)),
  ];
}

function ifStatement(source: Source, children: SyntaxNode[], depth: number): Statement[] {
  const [body, ...rest] = bodies(children);
  const test = expressionOf(source, children[1]);
  return [
    {
      kind: 'if',
      test,
      body: statementsOf(source, body, depth),
      otherwise: rest.flatMap((each) => statementsOf(source, each, depth)),
      line: test.line,
    },
  ];
}

/** `with a as b` is read as `b = a` and the body. */
function withStatement(source: Source, children: SyntaxNode[], depth: number): Statement {
  const end = children.findIndex(({ name }) => name === 'Body');
  const start = children.findIndex(({ name }) => name === 'with') + 1;
  const items = splitAt(children.slice(start, end), ',').map((group): Statement => {
    const value = expressionOf(source, group[0]);
    const { line } = value;
    if (group[1]?.name !== 'as') return { kind: 'expression', value, line };
    const target = expressionOf(source, group[2]);
    return { kind: 'assign', targets: [target], annotation: null, value, line };
  });
  const body = bodies(children).flatMap((each) => statementsOf(source, each, depth));
  return { kind: 'block', body: [...items, ...body], line: items[0]?.line ?? 1 };
}

function definition(source: Source, node: SyntaxNode, depth: number): Statement[] {
  const children = node.name === 'DecoratedStatement' ? childrenOf(node) : [node];
  const decorators = children
    .filter(({ name }) => name === 'Decorator')
    .map((each) => decorator(source, childrenOf(each).slice(1)));
  const inner = children.find(({ name }) => name.endsWith('Definition'));
  if (!inner) return [];
  const parts = childrenOf(inner);
  const name = parts.find((part) => part.name === 'VariableName');
  const shared = {
    name: name ? source.slice(name) : '',
    decorators,
    body: bodies(parts).flatMap((each) => statementsOf(source, each, depth)),
    line: source.lineAt(inner.from),
  };
  if (inner.name === 'ClassDefinition') {
    const list = parts.find((part) => part.name === 'ArgList');
    return [{ kind: 'class', bases: list ? argumentsOf(source, list) : [], ...shared }];
  }
  const list = parts.find((part) => part.name === 'ParamList');
  return [{ kind: 'function', parameters: list ? parameters(source, list) : [], ...shared }];
}

function decorator(source: Source, children: SyntaxNode[]): Expression {
  const line = children[0] ? source.lineAt(children[0].from) : 1;
  let result: Expression = { kind: 'other', parts: [], line };
  for (const [index, child] of children.entries()) {
    const name = source.slice(child);
    if (child.name === 'ArgList') {
      result = { kind: 'call', callee: result, arguments: argumentsOf(source, child), line };
    } else if (child.name.endsWith('Name')) {
      result =
        index === 0 ? { kind: 'name', name, line } : { kind: 'attribute', of: result, name, line };
    }
  }
  return result;
}

function parameters(source: Source, list: SyntaxNode): FunctionParameter[] {
  let keyword = false;
  const groups = splitAt(
    childrenOf(list).filter(({ name }) => name !== '(' && name !== ')'),
    ',',
  );
  return groups.flatMap((group): FunctionParameter[] => {
    const star = group.find(({ name }) => name === '*' || name === '**')?.name;
    const at = group.find(({ name }) => name === 'VariableName');
    if (star === '*') keyword = true;
    if (!at) return [];
    const assign = group.findIndex(({ name }) => name === 'AssignOp');
    const type = group.find(({ name }) => name === 'TypeDef');
    return [
      {
        name: source.slice(at),
        annotation: annotationOf(source, type),
        value: assign < 0 ? null : expressionOf(source, group[assign + 1]),
        kind: star === '*' || star === '**' ? star : keyword ? 'keyword' : 'plain',
        line: source.lineAt(at.from),
      },
    ];
  });
}
