import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { alwaysOut, IgnoreRules, isRuleFile, type GitLayer } from './ignore-rules.ts';
import { GitRules } from './git-rules.ts';
import { LeftOutList, type OpenFolder } from './left-out.ts';
import { linkNote, nameNote, NoteList } from './notes.ts';
import { fsPath, joinPath, type Bytes } from './path-bytes.ts';
import { readProblem, ReadProblem } from './read-file.ts';
import { kindOf, specialName, type FoundEntry, type Scan, type Watched } from './scan.ts';
import { suspect } from './secrets.ts';
import { LimitMeter, type SourceLimits } from './source-limits.ts';
import { pseudoFileSystem, type SourceRoot } from './source-root.ts';
import { byPath } from './tree.ts';
import { beside, type Folder, type Kind, type Seen } from './walk-folder.ts';
import { isAllowed, readRules, SecretProbe } from './walk-probes.ts';
import type { WorkControl } from './work-control.ts';

const CHECK_EVERY = 256;
const NO_ENTRY_OK = { throwIfNoEntry: false } as const;

export interface WalkOptions {
  /** Secrets that go in all the same. */
  includeSecrets: ReadonlySet<Bytes>;
  /** Paths that go in whatever the rules say, with the folders above them: what git tracks. */
  tracked: ReadonlySet<Bytes>;
  /** Everything goes in, as if all of it were tracked. */
  everything: boolean;
  limits: SourceLimits;
  /** The app's own data folder, left out wherever it turns up. */
  dataFolder: { dev: number; ino: number } | null;
  /** Asks the system for each file whether it may be read: for a preview, which reads none. */
  checkAccess: boolean;
}

/** Looks at everything below a root, without following a link or opening anything but rule files. */
export async function walk(
  root: SourceRoot,
  options: WalkOptions,
  control: WorkControl,
): Promise<Scan> {
  const walker = new Walker(root, options, control);
  await walker.run();
  return walker.result();
}

class Walker {
  readonly #root: SourceRoot;
  readonly #options: WalkOptions;
  readonly #control: WorkControl;
  readonly #startedAt = Date.now();
  readonly #rules: IgnoreRules;
  readonly #meter: LimitMeter;
  readonly #stack: Folder[] = [];
  readonly #entries: FoundEntry[] = [];
  readonly #folders: Watched[] = [];
  readonly #watched: Watched[] = [];
  readonly #secrets = new SecretProbe();
  readonly #leftOut = new LeftOutList();
  readonly #notes = new NoteList();
  readonly #unreadable: Bytes[] = [];
  readonly #vanished: Bytes[] = [];
  #seen = 0;

  constructor(root: SourceRoot, options: WalkOptions, control: WorkControl) {
    this.#root = root;
    this.#options = options;
    this.#control = control;
    this.#meter = new LimitMeter(options.limits);
    this.#rules = new IgnoreRules({
      slipway: readRules(`${root.path}/.slipwayignore`),
      docker: readRules(`${root.path}/.dockerignore`),
    });
    for (const note of this.#rules.notes) this.#notes.add(note);
  }

  async run(): Promise<void> {
    const { path } = this.#root;
    // Not the look that was taken to check the root: the walk may be a later try.
    const stat = lstatSync(fsPath(path), NO_ENTRY_OK);
    if (!stat?.isDirectory()) return void this.#vanished.push('');
    const top: Folder = {
      path: '',
      real: path,
      stat,
      parent: null,
      layers: null,
      open: null,
      onlyTracked: false,
      listed: true,
    };
    this.#stack.push(top);
    for (let folder = this.#stack.pop(); folder; folder = this.#stack.pop()) {
      await this.#control.breathe();
      this.#readFolder(folder);
      this.#control.progress('Looking through the folder', this.#seen, null);
    }
    this.#meter.finish();
  }

  result(): Scan {
    return {
      root: this.#root.path,
      startedAt: this.#startedAt,
      entries: this.#entries.sort(byPath),
      folders: this.#folders,
      watched: this.#watched,
      files: this.#meter.files,
      bytes: this.#meter.bytes,
      ...this.#leftOut.finish(),
      notes: this.#notes.all(),
      unreadable: this.#unreadable,
      vanished: this.#vanished,
    };
  }

  #readFolder(folder: Folder): void {
    const names = this.#names(folder);
    if (!names) return;
    const isMarked = names.includes('pyvenv.cfg') && !this.#options.tracked.has(folder.path);
    if (isMarked && this.#isEnvironment(folder)) return;
    this.#folders.push({ path: folder.path, facts: folder.stat });
    if (!folder.open) this.#list(folder);
    if (names.includes('.gitignore')) folder.layers = this.#layer(folder);
    for (const name of names) {
      if (++this.#seen % CHECK_EVERY === 0) this.#control.check();
      this.#visit(folder, name);
    }
  }

  #names(folder: Folder): Bytes[] | null {
    try {
      return readdirSync(fsPath(folder.real), 'latin1');
    } catch (error) {
      this.#problem(readProblem(error, folder.path), folder.path, 'directory', folder.open);
      return null;
    }
  }

  /** A virtual environment is told by its marker, whatever the folder is called. */
  #isEnvironment(folder: Folder): boolean {
    if (!folder.parent) {
      this.#notes.add('The folder itself is a virtual environment (it holds pyvenv.cfg).');
      return false;
    }
    const marker = joinPath(folder.path, 'pyvenv.cfg');
    const facts = lstatSync(fsPath(`${folder.real}/pyvenv.cfg`), NO_ENTRY_OK);
    if (facts) this.#watched.push({ path: marker, facts });
    else this.#vanished.push(marker);
    const rule = 'virtual environment (holds pyvenv.cfg)';
    const { path, parent } = folder;
    this.#leftOut.add({ path, kind: 'directory', reason: 'always', rule }, parent.open);
    return true;
  }

  #layer(folder: Folder): GitLayer | null {
    const content = readRules(`${folder.real}/.gitignore`);
    if (!content) return folder.layers;
    const rules = new GitRules(joinPath(folder.path, '.gitignore'), content);
    for (const note of rules.notes) this.#notes.add(note);
    return { rules, above: folder.layers };
  }

  #visit(folder: Folder, name: Bytes): void {
    const path = joinPath(folder.path, name);
    const real = `${folder.real}/${name}`;
    const stat = this.#stat(path, real, folder);
    if (!stat) return;
    const kind = kindOf(stat);
    const isTracked = this.#options.everything || this.#options.tracked.has(path);
    const always = alwaysOut(name, kind) ?? this.#ownData(stat) ?? beside(folder);
    if (isTracked && kind !== 'special') {
      return this.#keepTracked(folder, { path, real, stat, kind }, always !== null);
    }
    if (always !== null) {
      return this.#leftOut.add({ path, kind, reason: 'always', rule: always }, folder.open);
    }
    this.#sort(folder, { path, real, stat, kind });
  }

  #stat(path: Bytes, real: Bytes, folder: Folder): Stats | null {
    try {
      const stat = lstatSync(fsPath(real), NO_ENTRY_OK);
      if (stat) return stat;
      this.#vanished.push(path);
    } catch (error) {
      this.#problem(readProblem(error, path), path, 'special', folder.open);
    }
    return null;
  }

  #ownData(stat: Stats): string | null {
    const own = this.#options.dataFolder;
    return own && own.ino === stat.ino && own.dev === stat.dev ? "Slipway's own data folder" : null;
  }

  #sort(folder: Folder, seen: Seen): void {
    const { path, kind, stat } = seen;
    const chosen = this.#options.includeSecrets.has(path);
    const decision = chosen ? null : this.#rules.decide(path, kind === 'directory', folder.layers);
    if (decision?.kind === 'out') {
      if (isRuleFile(path)) this.#watched.push({ path, facts: stat });
      const { rule } = decision;
      return this.#leftOut.add({ path, kind, reason: 'rule', rule }, folder.open);
    }
    if (kind === 'directory') {
      const layers = decision?.kind === 'taken-back' ? null : folder.layers;
      const rule = decision?.kind === 'open' ? decision.rule : null;
      return this.#enter(folder, seen, layers, rule);
    }
    this.#keep(folder, seen, chosen);
  }

  #keepTracked(folder: Folder, seen: Seen, isOut: boolean): void {
    const { path, kind } = seen;
    if (kind !== 'directory') return this.#keep(folder, seen, true);
    const onlyTracked = isOut || this.#rules.decide(path, true, folder.layers).kind === 'out';
    this.#enter(folder, seen, folder.layers, null, onlyTracked);
  }

  #enter(
    parent: Folder,
    seen: Seen,
    layers: GitLayer | null,
    openRule: string | null,
    onlyTracked = false,
  ): void {
    const { path, real, stat, kind } = seen;
    if (stat.dev !== parent.stat.dev) {
      const pseudo = pseudoFileSystem(real);
      const rule = `a view of the system (${pseudo})`;
      if (pseudo) return this.#leftOut.add({ path, kind, reason: 'special', rule }, parent.open);
    }
    const open =
      openRule === null
        ? null
        : this.#leftOut.open({ path, kind, reason: 'rule', rule: openRule }, parent.open);
    this.#stack.push({ path, real, stat, parent, layers, open, onlyTracked, listed: false });
  }

  #keep(folder: Folder, seen: Seen, chosen: boolean): void {
    const { path, kind, stat } = seen;
    if (kind === 'special') {
      const rule = specialName(stat);
      return this.#leftOut.add({ path, kind, reason: 'special', rule }, folder.open);
    }
    if (kind === 'link') return this.#keepLink(folder, seen);
    if (kind === 'file') this.#keepFile(folder, seen, chosen);
  }

  #keepLink(folder: Folder, { path, real, stat }: Seen): void {
    let target: Bytes;
    try {
      target = readlinkSync(fsPath(real), 'latin1');
    } catch (error) {
      return this.#problem(readProblem(error, path), path, 'link', folder.open);
    }
    this.#notes.add(linkNote(path, target, this.#root.path));
    this.#add(folder, { path, kind: 'link', facts: stat, target, decisive: false });
  }

  #keepFile(folder: Folder, { path, real, stat }: Seen, chosen: boolean): void {
    const suspicion = suspect(path);
    const secret = suspicion && !chosen ? this.#secrets.proofOf(suspicion, real, stat.size) : null;
    if (secret !== null) {
      if (suspicion?.head) this.#watched.push({ path, facts: stat });
      return this.#leftOut.add({ path, kind: 'file', reason: 'secret', rule: secret }, folder.open);
    }
    if (this.#options.checkAccess && !isAllowed(real)) {
      return this.#problem(new ReadProblem('unreadable'), path, 'file', folder.open);
    }
    this.#meter.add(path, stat.size);
    const decisive = Boolean(suspicion?.head) || isRuleFile(path);
    this.#add(folder, { path, kind: 'file', facts: stat, target: '', decisive });
  }

  #add(folder: Folder, entry: FoundEntry): void {
    this.#list(folder);
    this.#notes.add(nameNote(entry.path));
    this.#entries.push(entry);
  }

  /** Makes a folder an entry, with the folders above it. */
  #list(folder: Folder): void {
    for (let at: Folder | null = folder; at && !at.listed; at = at.parent) {
      at.listed = true;
      if (at.open) at.open.holdsSomething = true;
      const { path, stat } = at;
      this.#entries.push({ path, kind: 'directory', facts: stat, target: '', decisive: false });
    }
  }

  #problem(problem: unknown, path: Bytes, kind: Kind, open: OpenFolder | null): void {
    if (!(problem instanceof ReadProblem)) throw problem;
    if (problem.reason === 'changed') return void this.#vanished.push(path);
    this.#unreadable.push(path);
    this.#leftOut.add({ path, kind, reason: 'unreadable', rule: 'no permission to read' }, open);
  }
}
