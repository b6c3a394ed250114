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

/** One file in gitignore's syntax. It speaks about the paths below its own folder. */
export class GitRules {
  readonly #file: Bytes;
  readonly #skip: number;
  readonly #matcher: ignore.Ignore;

  /** `file` is the path of the rule file below the root. */
  constructor(file: Bytes, content: Buffer) {
    this.#file = file;
    const folder = parentPath(file);
    this.#skip = folder === '' ? 0 : folder.length + 1;
    this.#matcher = ignore({ ignorecase: false }).add(
      ruleLines(content).map((pattern, index) => ({ pattern, mark: String(index + 1) })),
    );
  }

  /** The last line that matches decides. Folders above the path must have been asked before. */
  judge(path: Bytes, isFolder: boolean): Verdict {
    const below = forMatching(path.slice(this.#skip));
    const { unignored, rule } = this.#matcher.test(isFolder ? `${below}/` : below);
    if (rule) return { out: true, rule: ruleName(this.#file, Number(rule.mark), rule.pattern) };
    return unignored ? TAKEN_BACK : SILENT;
  }
}
