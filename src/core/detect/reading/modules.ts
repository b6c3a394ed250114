import { posix } from 'node:path';
import type { Statement } from '../python/ast.ts';
import { parsePython } from '../python/parse.ts';
import type { Source } from '../python/source.ts';
import type { ReadText } from '../read-text.ts';

export interface Module {
  /** From the root of the tree. */
  path: string;
  /** Dotted, as it would be imported from the folder of the entry script or the root. */
  name: string;
  source: Source;
  body: Statement[];
}

/** Modules read beyond the entry script, and the largest text that is read, in characters. */
const MODULE_LIMIT = 150;
const TEXT_LIMIT = 1 << 20;
/** Imports of imports of ... that are followed. */
const DEPTH = 8;

export interface ModuleOptions {
  /** Whether there is such a file; paths from the root. */
  has: (path: string) => boolean;
  readText: ReadText;
  /** Throws when the work is to end. */
  check: () => void;
  /** As of `performance.now()`. */
  until: number;
}

/** The modules of the code that an entry script imports, directly or not. */
export class Modules {
  readonly #options: ModuleOptions;
  readonly #byPath = new Map<string, Module>();
  readonly #roots: readonly string[];
  /** Files that could not be read whole. */
  readonly skipped: string[] = [];

  /** `roots`: folders in which absolute imports are looked up, from the root of the tree. */
  constructor(roots: readonly string[], options: ModuleOptions) {
    this.#roots = roots;
    this.#options = options;
  }

  /** Reads a script and what it imports; null when it is not there or too large. */
  async load(path: string): Promise<Module | null> {
    const entry = await this.#read(path);
    let level = entry ? [entry] : [];
    for (let depth = 0; depth < DEPTH && level.length > 0; depth += 1) {
      const paths = new Set(level.flatMap((module) => this.#importsOf(module, module.body)));
      const read: Module[] = [];
      for (const each of paths) {
        const module = this.#byPath.has(each) ? null : await this.#read(each);
        if (module) read.push(module);
      }
      level = read;
    }
    return entry;
  }

  /** The module an import means, when it is of the code and was read. */
  find(from: Module, level: number, name: string): Module | null {
    for (const path of this.#candidates(from, level, name)) {
      const module = this.#byPath.get(path);
      if (module) return module;
    }
    return null;
  }

  async #read(path: string): Promise<Module | null> {
    if (this.#byPath.size > MODULE_LIMIT) return null;
    this.#options.check();
    const text = await this.#options.readText(path);
    if (text === null) return null;
    const parsed = text.length > TEXT_LIMIT ? null : parsePython(text, this.#options.until);
    if (!parsed) {
      this.skipped.push(path);
      return null;
    }
    const name = path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
    const module = { path, name, source: parsed.source, body: parsed.body };
    this.#byPath.set(path, module);
    return module;
  }

  #importsOf(module: Module, body: readonly Statement[]): string[] {
    return body.flatMap((statement): string[] => {
      if (statement.kind === 'import') return this.#imported(module, statement);
      const inner = 'body' in statement ? this.#importsOf(module, statement.body) : [];
      if (statement.kind !== 'if') return inner;
      return [...inner, ...this.#importsOf(module, statement.otherwise)];
    });
  }

  #imported(from: Module, statement: Statement & { kind: 'import' }): string[] {
    return statement.names.flatMap(({ module, member }) => {
      // `import a.b` runs `a` as well; `from a import b` may mean the module `a.b`.
      const parts = module.split('.');
      const names = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
      if (member !== null && member !== '*') names.push(module ? `${module}.${member}` : member);
      return names.flatMap((name) => {
        const paths = this.#candidates(from, statement.level, name);
        return paths.filter((path) => this.#options.has(path)).slice(0, 1);
      });
    });
  }

  #candidates(from: Module, level: number, name: string): string[] {
    const folders =
      level > 0
        ? [posix.join(posix.dirname(from.path), ...Array<string>(level - 1).fill('..'))]
        : this.#roots;
    return folders.flatMap((folder) => {
      const path = posix.join(folder, name.replaceAll('.', '/'));
      return [`${path}.py`, `${path}/__init__.py`].map((each) => posix.normalize(each));
    });
  }
}
