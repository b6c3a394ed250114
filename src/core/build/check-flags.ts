import type { BuilderAbilities, Finding } from './check-types.ts';
import { frontendOf, isOfficialFrontend } from './check-syntax-line.ts';
import type { DockerfileFacts, FlagFact, InstructionFact } from './dockerfile-facts.ts';
import { mountOptions, type Stage } from './dockerfile-stages.ts';

interface FlagRule {
  rule: string;
  /** Docker's major version from which its own frontend knows it; what BuildKit in 20.10 knows has 20. */
  since: number;
  /** Whether the image comes out the same without it. */
  harmless: (value: string) => boolean;
}

const never = (): boolean => false;
const always = (): boolean => true;

/**
 * Flags by instruction. Measured with Docker 20.10; later ones by the frontend each engine brings:
 * 23 Dockerfile 1.4, 25 Dockerfile 1.6, 29 Dockerfile 1.19 and 1.20 (docs of docker/dockerfile).
 */
const RULES: Record<string, FlagRule> = {
  'COPY link': { rule: 'copy-link', since: 23, harmless: always },
  'COPY chmod': { rule: 'chmod', since: 20, harmless: never },
  'COPY parents': { rule: 'parents', since: 29, harmless: (value) => value === 'false' },
  'COPY exclude': { rule: 'exclude', since: 29, harmless: never },
  'ADD checksum': { rule: 'checksum', since: 25, harmless: never },
  'ADD keep-git-dir': { rule: 'git', since: 25, harmless: (value) => value === 'false' },
  'RUN network': { rule: 'network', since: 23, harmless: (value) => value === 'default' },
  'RUN security': { rule: 'security', since: 29, harmless: (value) => value === 'sandbox' },
  'HEALTHCHECK start-interval': { rule: 'health', since: 25, harmless: always },
};

const ruleFor = (keyword: string, flag: string): FlagRule | undefined =>
  RULES[`${keyword} ${flag}`] ?? (keyword === 'ADD' ? RULES[`COPY ${flag}`] : undefined);

/** Flags and forms that this engine does not know. A newer frontend that is at hand knows them all. */
export function checkFlags(
  facts: DockerfileFacts,
  stages: readonly Stage[],
  abilities: BuilderAbilities,
): Finding[] {
  const frontend = frontendOf(facts);
  const newer =
    abilities.builder === 'buildkit' &&
    abilities.hasFrontend &&
    isOfficialFrontend(frontend?.value ?? '');
  return [
    ...facts.instructions.flatMap((instruction) => [
      ...(newer ? [] : flagsOf(instruction, abilities)),
      ...instruction.flags
        .filter(({ name }) => name === 'mount')
        .flatMap((flag) => mountOf(instruction, flag, abilities)),
      ...(newer ? [] : formsOf(instruction, abilities)),
    ]),
    ...platformsOf(facts, stages, abilities),
  ];
}

const engineName = ({ builder, major }: BuilderAbilities): string =>
  builder === 'classic' ? 'The classic builder' : `Docker ${major}`;

function flagsOf(instruction: InstructionFact, abilities: BuilderAbilities): Finding[] {
  return instruction.flags.flatMap((flag): Finding[] => {
    const rule = ruleFor(instruction.keyword, flag.name);
    if (!rule || (abilities.builder === 'buildkit' && abilities.major >= rule.since)) return [];
    const edits = rule.harmless(flag.value) ? [removed(flag)] : null;
    const what = `${instruction.keyword} --${flag.name}`;
    const message = `${engineName(abilities)} does not know ${what}.`;
    return [blocked(rule.rule, instruction, message, edits, what, rule.since)];
  });
}

const blocked = (
  rule: string,
  { line }: InstructionFact,
  message: string,
  edits: Finding['edits'],
  what: string,
  since: number,
): Finding => ({
  rule,
  blocks: true,
  line,
  message,
  next: edits
    ? 'Build it without the flag: the image comes out the same.'
    : `Write the line without ${what}, or use Docker ${Math.max(since, 23)} or newer with BuildKit.`,
  edits,
});

const removed = ({ start, end }: FlagFact) => ({ start, end, text: '' });

function mountOf(
  instruction: InstructionFact,
  flag: FlagFact,
  abilities: BuilderAbilities,
): Finding[] {
  const options = mountOptions(flag.value);
  const type = options.get('type') ?? 'bind';
  if (type === 'secret' || type === 'ssh') return [secretOf(instruction, flag, type, options)];
  if (abilities.builder === 'buildkit') return [];
  const edits = type === 'cache' ? [removed(flag)] : null;
  const message = `The classic builder does not know RUN --mount=type=${type}.`;
  return [blocked('mount', instruction, message, edits, 'the mount', 23)];
}

/** Builds are given no secrets. Without one, an optional mount is left out by `docker build` too. */
function secretOf(
  { line }: InstructionFact,
  flag: FlagFact,
  type: string,
  options: ReadonlyMap<string, string>,
): Finding {
  const required = options.get('required') === 'true';
  return {
    rule: 'secret',
    blocks: true,
    line,
    message: `The step wants ${type === 'ssh' ? 'keys for ssh' : 'a secret'} (RUN --mount=type=${type}), and builds are given none.`,
    next: required
      ? 'Make it optional (without "required"), or take what it fetches into the source.'
      : 'Build it without the mount, as a build that is given no secret does.',
    edits: required ? null : [removed(flag)],
  };
}

function formsOf(instruction: InstructionFact, abilities: BuilderAbilities): Finding[] {
  const { keyword, heredoc, words } = instruction;
  const knows = (major: number): boolean =>
    abilities.builder === 'buildkit' && abilities.major >= major;
  if (heredoc && !knows(23)) {
    const message = `${engineName(abilities)} does not know here-documents (${keyword} <<...).`;
    return [blocked('heredoc', instruction, message, null, 'here-documents', 23)];
  }
  const git =
    keyword === 'ADD' && words.slice(0, -1).some((word) => /\.git(?:#|$)|^git@/.test(word));
  if (!git || knows(25)) return [];
  const message = `${engineName(abilities)} does not fetch git repositories with ADD.`;
  return [blocked('git', instruction, message, null, 'it (RUN git clone does the same)', 25)];
}

function platformsOf(
  facts: DockerfileFacts,
  stages: readonly Stage[],
  abilities: BuilderAbilities,
): Finding[] {
  const froms = facts.instructions.filter(({ keyword }) => keyword === 'FROM');
  return stages.flatMap((stage, index): Finding[] => {
    const flag = froms[index]?.flags.find(({ name }) => name === 'platform');
    if (stage.platform === null || !flag) return [];
    const own = stage.platform === abilities.platform;
    // The classic builder does not know the variables; the engine's own platform needs no flag.
    const edits = own ? [removed(flag)] : null;
    if (own && (abilities.builder === 'buildkit' || !flag.value.includes('$'))) return [];
    return [
      {
        rule: 'platform',
        blocks: own,
        line: stage.line,
        message: own
          ? `The classic builder does not know ${flag.value} in FROM --platform.`
          : `FROM --platform=${stage.platform} is not the platform of this engine (${abilities.platform}).`,
        next: own
          ? 'Build it without the flag: it is the platform of the engine.'
          : 'Its steps run only if the engine can emulate that platform; remove the flag if it is not meant.',
        edits,
      },
    ];
  });
}
