import { parser } from '@lezer/python';
import type { Statement } from './ast.ts';
import { Source } from './source.ts';
import { statementsOf } from './statements.ts';

export interface ParsedModule {
  source: Source;
  body: Statement[];
}

/** Steps of the parser between two looks at the clock. */
const STEPS = 512;

/**
 * Reads Python without running it. Broken code gives what could be read of it; null when the time
 * (`until`, as of `performance.now()`) is over before its end.
 */
export function parsePython(text: string, until = Infinity): ParsedModule | null {
  const source = new Source(text.replace(/^\uFEFF/, ''));
  const work = parser.startParse(source.text);
  let tree = work.advance();
  for (let step = 1; !tree; step += 1) {
    if (step % STEPS === 0 && performance.now() > until) return null;
    tree = work.advance();
  }
  return { source, body: statementsOf(source, tree.topNode) };
}
