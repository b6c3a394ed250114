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

/** Modules looked at beyond the entry script, and characters read of them in all. */
const MODULE_LIMIT = 300;
const TEXT_LIMIT = 400_000;
/** What of it is for modules that only hold constants and helpers. */
const PLAIN_SHARE = 150_000;
/** Longer modules are read only when they may define parameters, in characters. */
const PLAIN_LIMIT = 30_000;
/** What modules hold that define parameters. */
const TELLING =
  /add_argument|ArgumentParser|click|typer|dataclass|BaseSettings|BaseModel|environ|getenv|wandb|hydra|OmegaConf|DEFINE_|fire|sacred|tyro|draccus|pyrallis|\bTap\b/;
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
  /** Packages that are known: code of these names is not looked for in the tree. */
  packages: ReadonlySet<string>;
}

interface Text {
  path: string;
  text: string;
}

/** The modules of the code that an entry script imports, directly or not. */
export class Modules {
  readonly #options: ModuleOptions;
  readonly #byPath = new Map<string, Module>();
  readonly #roots: readonly string[];
  /** Files that were not read: too large, or too many. */
  readonly skipped: string[] = [];
  readonly #looked = new Set<string>();
  #left = TEXT_LIMIT;
  #leftForPlain = PLAIN_SHARE;

  /** `roots`: folders in which absolute imports are looked up, from the root of the tree. */
  constructor(roots: readonly string[], options: ModuleOptions) {
    this.#roots = roots;
    this.#options = options;
  }

  /** Reads a script and what it imports; null when it is not there or too large. */
  async load(path: string): Promise<Module | null> {
    const text = await this.#text(path);
    const entry = text && this.#parse(text);
    let level = entry ? [entry] : [];
    for (let depth = 0; depth < DEPTH && level.length > 0; depth += 1) {
      const paths = new Set(level.flatMap((module) => this.#importsOf(module, module.body)));
      level = await this.#readLevel([...paths].filter((each) => !this.#looked.has(each)));
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

  /** Of one level of imports those that may define parameters come first. */
  async #readLevel(paths: readonly string[]): Promise<Module[]> {
    const texts: Text[] = [];
    for (const path of paths) {
      if (this.#looked.size > MODULE_LIMIT) this.skipped.push(path);
      const text = this.#looked.size > MODULE_LIMIT ? null : await this.#text(path);
      if (text) texts.push(text);
    }
    const telling = texts.filter(({ text }) => TELLING.test(text));
    const plain = texts.filter(
      (each) => !telling.includes(each) && each.text.length <= PLAIN_LIMIT,
    );
    return [...telling, ...plain].flatMap((each) => {
      const isPlain = !telling.includes(each);
      if (isPlain) this.#leftForPlain -= each.text.length;
      this.#left -= each.text.length;
      const isOver = this.#left < 0 || (isPlain && this.#leftForPlain < 0);
      if (isOver) this.skipped.push(each.path);
      const module = isOver ? null : this.#parse(each);
      return module ? [module] : [];
    });
  }

  async #text(path: string): Promise<Text | null> {
    this.#options.check();
    this.#looked.add(path);
    const text = await this.#options.readText(path);
    return text === null ? null : { path, text };
  }

  #parse({ path, text }: Text): Module | null {
    const parsed = parsePython(text, this.#options.until);
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
    if (level === 0 && this.#options.packages.has(name.split('.')[0] ?? '')) return [];
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
