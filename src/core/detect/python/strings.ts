import type { SyntaxNode } from '@lezer/common';
import type { Expression } from './ast.ts';
import { quotedParts, unescaped } from './literals.ts';
import { childrenOf, type Source } from './source.ts';

type Part = string | Expression;

/** A string, an f-string, or several side by side; constant when nothing in it has to be computed. */
export function stringExpression(
  source: Source,
  node: SyntaxNode,
  inner: (node: SyntaxNode | undefined) => Expression,
): Expression {
  const line = source.lineAt(node.from);
  const pieces = node.name === 'ContinuedString' ? childrenOf(node) : [node];
  const parts: Part[] = [];
  for (const piece of pieces) {
    const found = partsOf(source, piece, inner);
    // Bytes are no text that could be given from outside.
    if (!found) return { kind: 'other', parts: [], line };
    parts.push(...found);
  }
  if (parts.every((part) => typeof part === 'string')) {
    return { kind: 'constant', value: parts.join(''), float: false, line };
  }
  return { kind: 'format', parts, line };
}

function partsOf(
  source: Source,
  node: SyntaxNode,
  inner: (node: SyntaxNode | undefined) => Expression,
): Part[] | null {
  const literal = source.slice(node);
  const quoted = quotedParts(literal);
  if (!quoted || quoted.prefix.includes('b')) return null;
  const raw = quoted.prefix.includes('r');
  if (node.name !== 'FormatString') {
    return [unescaped(literal.slice(quoted.start, quoted.end), raw)];
  }
  const text = (from: number, to: number) =>
    unescaped(source.text.slice(from, to), raw).replace(/([{}])\1/g, '$1');
  const parts: Part[] = [];
  let at = node.from + quoted.start;
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue;
    parts.push(text(at, child.from), inner(childrenOf(child)[1]));
    at = child.to;
  }
  return [...parts, text(at, node.from + quoted.end)].filter((part) => part !== '');
}
