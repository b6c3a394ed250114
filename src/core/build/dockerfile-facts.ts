import {
  DockerfileParser,
  ModifiableInstruction,
  type Flag,
  type Instruction,
  type Onbuild,
} from 'dockerfile-ast';

/** A place in the text, as offsets. */
export interface Span {
  start: number;
  end: number;
}

export interface FlagFact extends Span {
  /** Without the dashes: `link`, `mount`. */
  name: string;
  value: string;
}

export interface InstructionFact {
  /** In capitals; for `ONBUILD` that of what is triggered. */
  keyword: string;
  /** From 1. */
  line: number;
  flags: FlagFact[];
  /** The words behind the flags. */
  words: string[];
  /** Whether its content follows as a here-document. */
  heredoc: boolean;
  /** How many `FROM` there were up to and with it. */
  stage: number;
}

export interface DirectiveFact extends Span {
  name: string;
  value: string;
  line: number;
}

export interface DockerfileFacts {
  directives: DirectiveFact[];
  instructions: InstructionFact[];
}

/** What of a Dockerfile decides whether an engine can build it. Any text has facts. */
export function readDockerfile(text: string): DockerfileFacts {
  // A mark of UTF-8 at the start is nothing to builders, and an instruction to the parser.
  const document = DockerfileParser.parse(text.replace(/^\uFEFF/, ' '));
  const offsetAt = offsets(text);
  let stage = 0;
  const instructions = document.getInstructions().map((instruction) => {
    if (instruction.getKeyword() === 'FROM') stage += 1;
    return factOf(instruction, stage, offsetAt);
  });
  return { directives: directivesOf(text), instructions };
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;

/**
 * The directives as BuildKit finds them (frontend/dockerfile/parser/directives.go): lines at the top
 * that look like one, known or not, up to the first that does not. A `#!` line may come before.
 */
function directivesOf(text: string): DirectiveFact[] {
  const found: DirectiveFact[] = [];
  let start = 0;
  for (const [index, raw] of text.split('\n').entries()) {
    const skipped = index === 0 && raw.startsWith('\uFEFF') ? 1 : 0;
    const line = raw.slice(skipped).replace(/\r$/, '');
    const [, name, value] = DIRECTIVE.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      const from = start + skipped;
      const span = { start: from, end: from + line.length };
      found.push({ name: name.toLowerCase(), value, line: index + 1, ...span });
    } else if (index > 0 || !line.startsWith('#!')) {
      break;
    }
    start += raw.length + 1;
  }
  return found;
}

type OffsetAt = (position: { line: number; character: number }) => number;

function offsets(text: string): OffsetAt {
  const starts = [0];
  // As the parser counts lines.
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return ({ line, character }) => (starts[line] ?? text.length) + character;
}

function factOf(outer: Instruction, stage: number, offsetAt: OffsetAt): InstructionFact {
  const inner =
    outer.getKeyword() === 'ONBUILD'
      ? ((outer as Onbuild).getTriggerInstruction() ?? outer)
      : outer;
  const flags = inner instanceof ModifiableInstruction ? inner.getFlags() : [];
  return {
    keyword: inner.getKeyword(),
    line: outer.getRange().start.line + 1,
    flags: flags.map((flag) => flagFact(flag, offsetAt)),
    words: inner.getArguments().map((word) => word.getValue()),
    heredoc: heredocsOf(inner) > 0,
    stage,
  };
}

const flagFact = (flag: Flag, offsetAt: OffsetAt): FlagFact => ({
  name: flag.getName(),
  value: flag.getValue() ?? '',
  start: offsetAt(flag.getRange().start),
  end: offsetAt(flag.getRange().end),
});

/** Only `RUN`, `COPY` and `ADD` offer this. */
const heredocsOf = (instruction: Instruction): number =>
  'getHeredocs' in instruction
    ? (instruction as unknown as { getHeredocs(): unknown[] }).getHeredocs().length
    : 0;
