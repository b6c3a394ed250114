import type { SyntaxNode } from '@lezer/common';

/** Deeper code than this is not looked into, so that no nesting can exhaust the stack. */
export const DEPTH_LIMIT = 120;

/** The text of a module with its lines. */
export class Source {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  /** The line of a place in the text, from 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The text of a line, from 1; empty when there is none. */
  line(number: number): string {
    const start = this.#starts[number - 1];
    if (start === undefined) return '';
    return this.text.slice(start, (this.#starts[number] ?? this.text.length + 1) - 1);
  }

  slice = (node: SyntaxNode): string => this.text.slice(node.from, node.to);
}

/** What a node holds, without comments and without what the parser could not read. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isError && child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** Splits nodes at every node of a name (`,`), which is left out, as are empty groups. */
export function splitAt(nodes: readonly SyntaxNode[], name: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === name) groups.push([]);
    else groups.at(-1)?.push(node);
  }
  return groups.filter((group) => group.length > 0);
}
