// In this order: a whole CSI sequence; a whole string sequence (OSC, DCS, SOS, PM, APC) up to BEL or
// ST; one of these cut off by the end of the text; any other escape; a control character but tab.
// The same as what the window draws: `renderer/features/log/ansi.ts`.
const SEQUENCE =
  /(?:\x1b\[|\x9b)([0-?]*)([ -/]*)([@-~])|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)|(?:\x1b\[|\x9b)[0-?]*[ -/]*|\x1b[ -/]*[0-~]?|[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

const SEQUENCE_AT = new RegExp(SEQUENCE.source, 'y');

/** Anything that is no text. */
const SPECIAL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;
/** What writes over a line: a return, a backspace, a sequence that moves or erases in it. */
const OVERWRITES = /[\r\x08]|\x1b\[[0-?]*[CDEGJK]/;
/** A sequence that the next bytes may go on with. */
const CUT_OFF = /\x1b(?:\[[0-?]*[ -/]*)?$/;

/** What a terminal is told by a sequence: its last letter (a control character itself) and its numbers. */
export interface Control {
  letter: string;
  parameters: string;
  source: string;
}

const ESC = 0x1b;

/** Whether a character is no text: a control character other than tab. */
const isSpecial = (code: number): boolean =>
  code < 0x20 ? code !== 0x09 : code >= 0x7f && code <= 0x9f;

/** Takes text and controls of `source` in their order. */
export function readTerminal(
  source: string,
  on: { text: (text: string) => void; control: (control: Control) => void },
): void {
  let from = 0;
  // By hand, as a million lines of bars are three million controls.
  for (let at = 0; at < source.length;) {
    const code = source.charCodeAt(at);
    if (!isSpecial(code)) {
      at++;
      continue;
    }
    if (at > from) on.text(source.slice(from, at));
    const control = controlAt(source, at, code);
    on.control(control);
    from = at += control.source.length;
  }
  if (from < source.length) on.text(source.slice(from));
}

function controlAt(source: string, at: number, code: number): Control {
  if (code < 0x20 && code !== ESC) {
    return { letter: source.charAt(at), parameters: '', source: source.charAt(at) };
  }
  SEQUENCE_AT.lastIndex = at;
  return controlOf(SEQUENCE_AT.exec(source) ?? [source.charAt(at)]);
}

function controlOf([source = '', parameters = '', between = '', letter]: string[]): Control {
  // What 8-bit controls introduce is dropped: programs that mean UTF-8 do not use them.
  const isSequence = letter !== undefined && source.startsWith('\x1b');
  if (isSequence) return { letter: between + letter, parameters, source };
  return { letter: source.length === 1 ? source : '', parameters: '', source };
}

/** The unfinished sequence at the end of `text`, '' for none. */
export const cutOffSequence = (text: string): string => CUT_OFF.exec(text)?.[0] ?? '';

/** Whether a terminal would write over parts of this line, so that it shows another text. */
export const isOverwritten = (line: string): boolean => OVERWRITES.test(line);

/** A line as it is read and searched: without escape sequences and what else has no look of its own. */
export const withoutSequences = (line: string): string =>
  (SPECIAL.test(line) ? line.replace(SEQUENCE, '') : line).replace(DIRECTION, '');
