import { DockerfileParser } from 'dockerfile-ast';

/**
 * The line of a Dockerfile (from 1) that a failed build stopped at: told by the builder for what it
 * could not parse, else that of the instruction, when the text has just one like it. Null when unsure.
 */
export function failedLine(
  text: string,
  instruction: string | null,
  message: string,
): number | null {
  const told = /(?:parse error (?:on |at )?line |Dockerfile:)(\d+)/i.exec(message)?.[1];
  if (told !== undefined) return Number(told);
  if (instruction === null) return null;
  const wanted = plain(instruction);
  const lines = DockerfileParser.parse(text)
    .getInstructions()
    .filter((each) => plain(`${each.getKeyword()} ${each.getArgumentsContent() ?? ''}`) === wanted)
    .map((each) => each.getRange().start.line + 1);
  return lines.length === 1 ? (lines[0] ?? null) : null;
}

/** Builders show an instruction on one line, without its flags for mounts. */
const plain = (instruction: string): string =>
  instruction
    .replace(/ --mount=\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
