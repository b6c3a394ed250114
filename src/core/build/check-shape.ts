import type { BuildOptions, Finding } from './check-types.ts';
import type { DockerfileFacts, InstructionFact } from './dockerfile-facts.ts';
import type { Stage } from './dockerfile-stages.ts';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

const finding = (
  rule: string,
  line: number | null,
  message: string,
  next: string,
  blocks = true,
): Finding => ({ rule, blocks, line, message, next, edits: null });

/**
 * What no builder takes. An engine is never given a Dockerfile without `FROM`: BuildKit in Docker
 * 20.10 ends the whole engine over one that has only `ARG`.
 */
export function checkShape(
  { instructions }: DockerfileFacts,
  stages: readonly Stage[],
  options: BuildOptions,
): Finding[] {
  if (instructions.length === 0) {
    const next = 'Write at least a FROM line, such as FROM python:3.11-slim.';
    return [finding('invalid', 1, 'The Dockerfile is empty.', next)];
  }
  return [
    ...instructions.flatMap(unknownKeyword),
    ...beforeFrom(instructions),
    ...stages.flatMap(withoutValue),
    ...missingTarget(stages, options.target),
    ...overridden(instructions, stages.length),
  ];
}

function unknownKeyword({ keyword, line }: InstructionFact): Finding[] {
  if (KEYWORDS.has(keyword)) return [];
  const shown = keyword.slice(0, 40);
  const next = 'Mend the line; a line that goes on needs a backslash at the end of the one before.';
  return [finding('invalid', line, `"${shown}" is no instruction of a Dockerfile.`, next)];
}

function beforeFrom(instructions: readonly InstructionFact[]): Finding[] {
  const next = 'Begin with a FROM line, such as FROM python:3.11-slim.';
  const early = instructions.find(({ stage, keyword }) => stage === 0 && keyword !== 'ARG');
  if (early) {
    const message = `${early.keyword.slice(0, 40)} stands before the first FROM.`;
    return KEYWORDS.has(early.keyword) ? [finding('invalid', early.line, message, next)] : [];
  }
  if (instructions.some(({ keyword }) => keyword === 'FROM')) return [];
  return [finding('invalid', 1, 'The Dockerfile has no FROM line.', next)];
}

function withoutValue({ from, written, line }: Stage): Finding[] {
  if (from !== null && from !== '') return [];
  const message = written
    ? `FROM ${written} uses a build argument that has no value.`
    : 'FROM names no image.';
  const next = 'Give the argument a value (build arguments), or a default in its ARG line.';
  return [finding(written ? 'argument' : 'invalid', line, message, next)];
}

function missingTarget(stages: readonly Stage[], target: string | null): Finding[] {
  if (target === null) return [];
  const names = stages.flatMap(({ name }, index) => [String(index), ...(name ? [name] : [])]);
  if (names.includes(target.toLowerCase())) return [];
  const known = stages.flatMap(({ name }) => (name ? [name] : []));
  const next = known.length > 0 ? `Its stages: ${known.join(', ')}.` : 'Its stages have no names.';
  return [finding('target', null, `The Dockerfile has no stage "${target}".`, next)];
}

/** Of several, the last of a stage counts: rarely what was meant. */
function overridden(instructions: readonly InstructionFact[], last: number): Finding[] {
  return ['ENTRYPOINT', 'CMD'].flatMap((keyword) => {
    const all = instructions.filter((each) => each.stage === last && each.keyword === keyword);
    const kept = all.at(-1);
    if (all.length < 2 || !kept) return [];
    const lines = all.map(({ line }) => line).join(', ');
    const message = `There are several ${keyword} lines (${lines}): only line ${kept.line} counts.`;
    return [finding('entry-points', all[0]?.line ?? null, message, 'Remove the others.', false)];
  });
}
