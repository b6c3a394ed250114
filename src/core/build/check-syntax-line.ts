import type { BuilderAbilities, Edit, Finding } from './check-types.ts';
import type { DirectiveFact, DockerfileFacts } from './dockerfile-facts.ts';

/** The frontends of Docker itself: any other may read the file in a way of its own. */
const OFFICIAL = /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?::|@|$)/;

/** The image of the `# syntax` line, which a builder with BuildKit runs to read the file; null without one. */
export const frontendOf = ({ directives }: DockerfileFacts): DirectiveFact | null =>
  directives.find(({ name }) => name === 'syntax') ?? null;

export const isOfficialFrontend = (image: string): boolean => OFFICIAL.test(image);

/** The classic builder passes over the line. */
export function checkSyntaxLine(
  text: string,
  facts: DockerfileFacts,
  abilities: BuilderAbilities,
): Finding[] {
  const line = frontendOf(facts);
  if (!line || abilities.builder === 'classic') return [];
  const official = isOfficialFrontend(line.value);
  if (abilities.hasFrontend) return official ? [] : [foreign(line, false)];
  if (!official) return [foreign(line, true)];
  return [
    {
      rule: 'syntax',
      blocks: true,
      line: line.line,
      message: `The "# syntax" line asks for the image ${line.value}, which the engine does not have and cannot fetch.`,
      next: 'Build it without the line: the engine reads Dockerfiles by itself.',
      edits: [withoutLine(text, line, facts)],
    },
  ];
}

const foreign = ({ line, value }: DirectiveFact, blocks: boolean): Finding => ({
  rule: 'syntax',
  blocks,
  line,
  message: `The "# syntax" line hands the build to the program in the image ${value}, which is not Docker's own.`,
  next: blocks
    ? `If you trust it, run "docker pull ${value}" yourself; else remove the line.`
    : 'Go on only if you trust it.',
  edits: null,
});

/** As a comment, behind the other directives: they count only while nothing else came before. */
function withoutLine(text: string, line: DirectiveFact, { directives }: DockerfileFacts): Edit {
  const rest = directives.filter((each) => each.start >= line.start);
  const written = (each: DirectiveFact): string => text.slice(each.start, each.end);
  const kept = rest.filter(({ name }) => name !== 'syntax').map(written);
  const comments = rest
    .filter(({ name }) => name === 'syntax')
    .map((each) => `# left out: ${written(each).replace(/^#\s*/, '')}`);
  const end = rest.at(-1)?.end ?? line.end;
  return { start: line.start, end, text: [...kept, ...comments].join('\n') };
}
