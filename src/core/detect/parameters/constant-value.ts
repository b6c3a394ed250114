import type { Expression } from '../python/ast.ts';
import { binary, unary } from '../reading/operators.ts';
import { constant, type Value } from '../reading/values.ts';

/** The value of an expression of literals alone; null when names or calls are in it. */
export function evaluatedConstant(expression: Expression): Value | null {
  switch (expression.kind) {
    case 'constant':
      return constant(expression.value, expression.float);
    case 'unary': {
      const of = evaluatedConstant(expression.of);
      return of && unary(expression.operator, of);
    }
    case 'binary': {
      const left = evaluatedConstant(expression.left);
      const right = evaluatedConstant(expression.right);
      return left && right && binary(expression.operator, left, right);
    }
    case 'sequence': {
      const items = expression.items.map(evaluatedConstant);
      const known = items.filter((each) => each !== null);
      const tuple = expression.type === 'tuple';
      return known.length === items.length ? { kind: 'list', items: known, tuple } : null;
    }
    default:
      return null;
  }
}
