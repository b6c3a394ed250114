import type { DockerfileFacts, InstructionFact } from './dockerfile-facts.ts';

export interface Stage {
  /** The name given with `AS`, in lower case; null without. */
  name: string | null;
  /** What it starts from, variables put in; null when one has no value. */
  from: string | null;
  /** What it starts from as it is written. */
  written: string;
  /** As it is written, variables put in; null without the flag. */
  platform: string | null;
  line: number;
}

/** An image that the Dockerfile needs and does not make itself. */
export interface NeededImage {
  reference: string;
  line: number;
  /** The platform it is asked for; null for that of the build. */
  platform: string | null;
}

type Variables = ReadonlyMap<string, string>;

/** The stages with the variables of `FROM` put in: build arguments, defaults, and what the builder sets. */
export function stagesOf(
  { instructions }: DockerfileFacts,
  args: Record<string, string>,
  platform: string,
): Stage[] {
  const variables = globalVariables(instructions, args, platform);
  return instructions
    .filter(({ keyword }) => keyword === 'FROM')
    .map((from): Stage => {
      const [written = '', as = '', name] = from.words;
      const flag = from.flags.find((each) => each.name === 'platform');
      return {
        name: as.toLowerCase() === 'as' && name ? name.toLowerCase() : null,
        from: expand(written, variables),
        written,
        platform: flag ? (expand(flag.value, variables) ?? flag.value) : null,
        line: from.line,
      };
    });
}

/** The arguments before the first `FROM`, which are the only ones that `FROM` sees. */
function globalVariables(
  instructions: readonly InstructionFact[],
  args: Record<string, string>,
  platform: string,
): Variables {
  const [os = '', architecture = ''] = platform.split('/');
  const variables = new Map<string, string>();
  for (const side of ['BUILD', 'TARGET']) {
    variables.set(`${side}PLATFORM`, platform).set(`${side}OS`, os);
    variables.set(`${side}ARCH`, architecture).set(`${side}VARIANT`, '');
  }
  for (const { keyword, stage, words } of instructions) {
    if (keyword !== 'ARG' || stage > 0) continue;
    for (const word of words) {
      const [name = '', ...rest] = word.split('=');
      const standard = rest.length > 0 ? expand(unquoted(rest.join('=')), variables) : null;
      const value = args[name] ?? standard;
      if (value !== null && value !== undefined) variables.set(name, value);
    }
  }
  return variables;
}

const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/s, '$2');

/** `$X`, `${X}`, `${X:-default}` and `${X:+other}`; null when a variable has no value, or is used in another way. */
function expand(text: string, variables: Variables): string | null {
  let unknown = false;
  const result = unquoted(text).replace(
    /\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\}|\{[^}]*\}?)/g,
    (_, plain?: string, braced?: string, sign?: string, other?: string) => {
      const value = variables.get(plain ?? braced ?? '');
      if (sign === '-') return value || (other ?? '');
      if (sign === '+') return value ? (other ?? '') : '';
      unknown ||= value === undefined || value === '';
      return value ?? '';
    },
  );
  return unknown ? null : result;
}

/** The images that `FROM`, `COPY --from` and `RUN --mount from=` name and that are no stages. */
export function neededImages(
  { instructions }: DockerfileFacts,
  stages: readonly Stage[],
): NeededImage[] {
  const names = new Set(stages.flatMap(({ name }) => (name === null ? [] : [name])));
  const isOwn = (text: string): boolean =>
    names.has(text.toLowerCase()) || /^\d+$/.test(text) || text === 'scratch' || text === '';
  const bases = stages.flatMap(({ from, line, platform }, index): NeededImage[] => {
    const earlier = stages.slice(0, index).some(({ name }) => name === from?.toLowerCase());
    if (from === null || from === 'scratch' || earlier) return [];
    return [{ reference: from, line, platform }];
  });
  const copied = instructions.flatMap(({ flags, line }): NeededImage[] =>
    flags
      .map((flag) => (flag.name === 'from' ? flag.value : mountOptions(flag.value).get('from')))
      .filter((from) => from !== undefined && !isOwn(from) && !from.includes('$'))
      .map((from) => ({ reference: from ?? '', line, platform: null })),
  );
  const all = [...bases, ...copied];
  const key = ({ reference, platform }: NeededImage): string => `${reference} ${platform ?? ''}`;
  return [...new Map(all.toReversed().map((each) => [key(each), each])).values()].toReversed();
}

/** `type=cache,target=/x,required` as a map; a word without a value stands for `true`. */
export const mountOptions = (value: string): Map<string, string> =>
  new Map(
    value.split(',').map((option) => {
      const [name = '', ...rest] = option.split('=');
      return [name.trim().toLowerCase(), rest.length > 0 ? unquoted(rest.join('=')) : 'true'];
    }),
  );
