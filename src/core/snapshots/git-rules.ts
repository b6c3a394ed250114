import ignore from 'ignore';
import { parentPath, showBytes, type Bytes } from './path-bytes.ts';

/** What a rule file says about a path: which line leaves it out, or that a line takes it back in. */
export type Verdict = { out: true; rule: string } | { out: false; takenBack: boolean };

const SILENT: Verdict = { out: false, takenBack: false };
const TAKEN_BACK: Verdict = { out: false, takenBack: true };

/** Patterns cannot hold line ends, and to a regular expression they are unlike other characters. */
export const forMatching = (path: Bytes): Bytes => path.replace(/[\n\r]/g, '\x01');

/** The lines of a rule file, byte for byte: git compares bytes, so text is never decoded. */
export const ruleLines = (content: Buffer): string[] =>
  content
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .split('\n');

/** How a deciding line is named: `sub/.gitignore:3 build/`. */
export const ruleName = (file: Bytes, line: number, pattern: string): string =>
  `${showBytes(file)}:${line} ${showBytes(pattern.trimEnd())}`;

/** Longer lines are no patterns that anyone wrote, and more than a regular expression can hold. */
const LINE_BYTES = 4096;
const SHOWN_BYTES = 100;

/**
 * Why a line of a rule file is skipped, in a sentence; null for one that can be used. `tryOut` throws
 * when the library cannot make a pattern of it.
 */
export function lineProblem(
  file: Bytes,
  line: number,
  text: string,
  tryOut: () => void,
): string | null {
  const where = `${showBytes(file)}:${line}`;
  const shown = `${showBytes(text.slice(0, SHOWN_BYTES))}${text.length > SHOWN_BYTES ? '…' : ''}`;
  if (text.length > LINE_BYTES) {
    return `${where} is longer than 4,096 bytes and was skipped: ${shown}`;
  }
  try {
    tryOut();
    return null;
  } catch {
    return `${where} is not a pattern and was skipped: ${shown}`;
  }
}

/** One file in gitignore's syntax. It speaks about the paths below its own folder. */
export class GitRules {
  readonly #file: Bytes;
  readonly #skip: number;
  readonly #matcher = ignore({ ignorecase: false });
  /** Lines that are skipped; each in a sentence. */
  readonly notes: string[] = [];

  /** `file` is the path of the rule file below the root. */
  constructor(file: Bytes, content: Buffer) {
    this.#file = file;
    const folder = parentPath(file);
    this.#skip = folder === '' ? 0 : folder.length + 1;
    for (const [index, pattern] of ruleLines(content).entries()) this.#add(pattern, index + 1);
  }

  #add(pattern: string, line: number): void {
    const problem = lineProblem(this.#file, line, pattern, () => {
      ignore({ ignorecase: false }).add({ pattern }).ignores('x/y');
    });
    if (problem === null) this.#matcher.add({ pattern, mark: String(line) });
    else this.notes.push(problem);
  }

  /** The last line that matches decides. Folders above the path must have been asked before. */
  judge(path: Bytes, isFolder: boolean): Verdict {
    const below = forMatching(path.slice(this.#skip));
    const { unignored, rule } = this.#matcher.test(isFolder ? `${below}/` : below);
    if (rule) return { out: true, rule: ruleName(this.#file, Number(rule.mark), rule.pattern) };
    return unignored ? TAKEN_BACK : SILENT;
  }
}
