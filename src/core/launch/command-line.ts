import type { InputField, InputTarget } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { argumentWords, type ArgumentTarget } from './argument-words.ts';
import { readEntryWords, type Argument, type Item, type Segment } from './entry-words.ts';
import type { Findings } from '../delivery/findings.ts';

export interface CommandParts {
  entryPoint: readonly string[];
  fields: readonly InputField[];
  /** By names of fields, checked. */
  values: ReadonlyMap<string, Json>;
  /** Words to put behind all that the values come to. */
  args: readonly string[];
}

export const isArgument = (target: InputTarget): target is ArgumentTarget =>
  target.kind === 'argument';

/**
 * The whole command: the entry point, in which a given value takes the place of the same argument, and
 * the arguments of all other values that are given, each behind the sub-command it belongs to.
 */
export function commandLine(parts: CommandParts, findings: Findings): string[] {
  const known = parts.fields.flatMap((field) =>
    field.targets.filter(isArgument).map((target) => ({ field, target })),
  );
  const { head, segments } = readEntryWords(parts.entryPoint, known);
  const given = known.filter(({ field }) => parts.values.has(field.name));
  const all = withCommands(segments, given, findings);
  const composed = all.map((segment, index) => {
    const own = known.filter(({ field }) => (field.command ?? '') === segment.command.join(' '));
    const isLast = index === all.length - 1;
    return new Composer(segment, own, parts.values, findings).words(isLast ? parts.args : []);
  });
  return [...head, ...composed.flat()];
}

/** The segments of the entry point, and one for each further sub-command that values are given for. */
function withCommands(
  segments: readonly Segment[],
  given: readonly Argument[],
  findings: Findings,
): Segment[] {
  const all = [...segments];
  for (const { field } of given) {
    const wanted = (field.command ?? '').split(' ').filter(Boolean);
    const chosen = all.at(-1)?.command ?? [];
    const differs = wanted.some((word, index) => index < chosen.length && chosen[index] !== word);
    if (differs) {
      findings.problem(
        'E_PARAM_VALUE',
        `values.${field.name}`,
        `"${field.name}" belongs to the command "${field.command}", and "${chosen.join(' ')}" is started.`,
        'Leave it unset, or start the other command with the entry point.',
      );
      continue;
    }
    for (let depth = chosen.length + 1; depth <= wanted.length; depth += 1) {
      all.push({ command: wanted.slice(0, depth), items: [] });
    }
  }
  return all;
}

/** Puts the words of one segment in order. */
class Composer {
  readonly #segment: Segment;
  readonly #known: readonly Argument[];
  readonly #values: ReadonlyMap<string, Json>;
  readonly #findings: Findings;
  /** Names of what goes behind `with`. */
  readonly #sacred: ReadonlySet<string>;

  constructor(
    segment: Segment,
    known: readonly Argument[],
    values: ReadonlyMap<string, Json>,
    findings: Findings,
  ) {
    this.#segment = segment;
    this.#known = known;
    this.#values = values;
    this.#findings = findings;
    const sacred = known.filter(({ target }) => target.style === 'sacred');
    this.#sacred = new Set(sacred.map(({ field }) => field.name));
  }

  /** `behind` are words that go last, but for what has to. */
  words(behind: readonly string[]): string[] {
    const { command, items } = this.#segment;
    const cut = items.findIndex(({ kind }) => kind === 'dashes');
    const before = cut < 0 ? items : items.slice(0, cut);
    const given = [...this.#given((style) => style !== 'sacred'), ...behind, ...this.#updates()];
    const name = command.slice(-1);
    if (!this.#slots().some(({ field }) => this.#values.has(field.name))) {
      const last = cut < 0 ? [] : ['--', ...items.slice(cut).flatMap(positionalOf)];
      return [...name, ...this.#kept(before, true), ...given, ...last];
    }
    const options = [...this.#kept(before, false), ...given];
    const positional = this.#positional();
    // Behind `--` nothing is taken for an option; else they go first, where no flag swallows them.
    return positional.some((word) => word.startsWith('-') && word !== '-')
      ? [...name, ...options, '--', ...positional]
      : [...name, ...positional, ...options];
  }

  #isGiven(item: Item): boolean {
    return item.kind === 'argument' && this.#values.has(item.name);
  }

  /** What of the entry point stays where it is. */
  #kept(items: readonly Item[], withPositional: boolean): string[] {
    return items.flatMap((item) => {
      if (item.kind === 'positional') return withPositional ? [item.word] : [];
      if (!('words' in item) || this.#isGiven(item) || this.#isUpdate(item)) return [];
      return item.words;
    });
  }

  #isUpdate(item: Item): boolean {
    return item.kind === 'argument' && this.#sacred.has(item.name);
  }

  /** `with` and what goes behind it: what is there and stays, and what is given. */
  #updates(): string[] {
    const there = this.#segment.items.flatMap((item) =>
      item.kind === 'argument' && this.#isUpdate(item) && !this.#isGiven(item) ? item.words : [],
    );
    const updates = [...there, ...this.#given((style) => style === 'sacred')];
    return updates.length === 0 ? [] : ['with', ...updates];
  }

  #given(isWanted: (style: ArgumentTarget['style']) => boolean): string[] {
    return this.#known
      .filter(({ target }) => target.style !== 'positional' && isWanted(target.style))
      .flatMap((argument) => this.#wordsOf(argument));
  }

  #wordsOf({ field, target }: Argument): string[] {
    const value = this.#values.get(field.name);
    if (value === undefined || field.secret) return [];
    const came = argumentWords(field, target, value);
    if ('words' in came) return came.words;
    const message = `"${field.name}" ${came.problem}.`;
    this.#findings.problem('E_PARAM_VALUE', `values.${field.name}`, message);
    return [];
  }

  /** Positional arguments in the order of the code, those of the entry point where none is given. */
  #positional(): string[] {
    const there = this.#segment.items.flatMap(positionalOf);
    const slots = this.#slots();
    const last = slots.findLastIndex(({ field }) => this.#values.has(field.name));
    const words: string[] = [];
    for (const slot of slots.slice(0, last + 1)) {
      const isMany = slot.target.multiple !== null;
      const old = there.splice(0, isMany ? there.length - this.#slotsAfter(slots, slot) : 1);
      words.push(
        ...(this.#values.has(slot.field.name) ? this.#wordsOf(slot) : this.#unset(slot, old)),
      );
    }
    return [...words, ...there];
  }

  #slots(): Argument[] {
    return this.#known.filter(({ target }) => target.style === 'positional');
  }

  /** How many single words the positional arguments behind a slot take. */
  #slotsAfter(slots: readonly Argument[], slot: Argument): number {
    return slots.length - slots.indexOf(slot) - 1;
  }

  /** A place before one that is given has to be filled: with what is there, else with the default. */
  #unset({ field, target }: Argument, there: string[]): string[] {
    if (there.length > 0) return there;
    if (field.hasDefault && field.default !== null) {
      const came = argumentWords(field, target, field.default);
      return 'words' in came ? came.words : [];
    }
    this.#findings.problem(
      'E_PARAM_REQUIRED',
      `values.${field.name}`,
      `"${field.name}" has to be given: it stands before another argument that is.`,
    );
    return [];
  }
}

const positionalOf = (item: Item): string[] => (item.kind === 'positional' ? [item.word] : []);
