import dockerignore, { type Ignore } from '@balena/dockerignore';
import { forMatching, lineProblem, ruleLines, ruleName, type Verdict } from './git-rules.ts';
import type { Bytes } from './path-bytes.ts';

/** The library keeps every answer; beyond this many the rules are compiled anew. */
const ANSWERS_KEPT = 20_000;
const FILE = '.dockerignore';

interface Line {
  number: number;
  text: string;
  /** The pattern without its `!`. */
  pattern: string;
  takesBack: boolean;
  matcher: Ignore;
}

const compile = (pattern: string): Ignore => dockerignore({ ignorecase: false }).add([pattern]);

function readLine(text: string, number: number): Line | null {
  const trimmed = text.trim();
  if (trimmed === '' || text.startsWith('#')) return null;
  const takesBack = trimmed.startsWith('!');
  const pattern = takesBack ? trimmed.slice(1).trim() : trimmed;
  if (pattern === '') return null;
  return { number, text, pattern, takesBack, matcher: compile(pattern) };
}

/** The part of a pattern before its first wildcard, without slashes at the ends. */
const literalStart = (pattern: string): string =>
  (/^\/?([^*?[\\]*)/.exec(pattern)?.[1] ?? '').replace(/^\.\//, '').replace(/\/+$/, '');

/**
 * A `.dockerignore` file: patterns are anchored at the root, a pattern that matches a folder covers
 * what is below it, and the last line that matches decides. One matcher per line, because the
 * library tells only whether a path is out, not by which line.
 */
export class DockerRules {
  #lines: Line[];
  /** Lines that Docker would refuse as well; each in a sentence. */
  readonly notes: string[] = [];
  #asked = 0;

  constructor(content: Buffer) {
    this.#lines = ruleLines(content).flatMap((text, index) => {
      const line = readLine(text, index + 1);
      return line && this.#isUsable(line) ? [line] : [];
    });
  }

  judge(path: Bytes): Verdict {
    if (++this.#asked % ANSWERS_KEPT === 0) this.#forget();
    const asked = forMatching(path);
    for (let index = this.#lines.length - 1; index >= 0; index--) {
      const line = this.#lines[index];
      if (!line?.matcher.ignores(asked)) continue;
      if (line.takesBack) return { out: false, takenBack: true };
      return { out: true, rule: ruleName(FILE, line.number, line.text) };
    }
    return { out: false, takenBack: false };
  }

  /** True when a `!` line may take something back in from inside this folder. */
  mayTakeBackBelow(folder: Bytes): boolean {
    return this.#lines.some(({ takesBack, pattern }) => {
      const start = literalStart(pattern);
      if (!takesBack) return false;
      return start === '' || `${start}/`.startsWith(`${folder}/`) || folder.startsWith(start);
    });
  }

  #isUsable(line: Line): boolean {
    const { number, text, matcher } = line;
    const problem = lineProblem(FILE, number, text, () => {
      matcher.ignores('x/y');
    });
    if (problem !== null) this.notes.push(problem);
    return problem === null;
  }

  #forget(): void {
    this.#lines = this.#lines.map((line) => ({ ...line, matcher: compile(line.pattern) }));
  }
}
