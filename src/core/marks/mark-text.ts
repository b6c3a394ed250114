import { AppError } from '../../shared/errors.ts';

/** As the contract has them: `runMarksSchema`. */
const NAME_LIMIT = 200;
const TAG_LIMIT = 100;
export const NOTES_LIMIT = 20_000;
export const TAGS_LIMIT = 50;

const CONTROL = /\p{Cc}/u;
const VISIBLE = /[^\p{C}\p{Z}]/u;

/** The name of a run: any line that can be seen. @throws AppError `E_NAME` */
export const checkRunName = (name: string): string =>
  checkLine('the name of a run', name, NAME_LIMIT);

/** @throws AppError `E_NAME` */
export const checkTag = (tag: string): string => checkLine('a tag', tag, TAG_LIMIT);

/** Notes may have many lines. @throws AppError `E_ARGS` when they are too long */
export function checkNotes(notes: string): string {
  const text = notes.replaceAll(/\r\n?/g, '\n').toWellFormed().trim();
  if (text.length <= NOTES_LIMIT) return text;
  throw new AppError('E_ARGS', `Notes have at most ${NOTES_LIMIT} characters.`, {
    next: `Shorten them by ${text.length - NOTES_LIMIT}.`,
  });
}

/** Letters that look the same are the same: accents are joined to their letters (NFC). */
function checkLine(what: string, given: string, most: number): string {
  const text = given.toWellFormed().normalize('NFC').trim();
  if (CONTROL.test(text)) {
    const offer = text.replaceAll(/\p{Cc}+/gu, ' ').trim();
    throw refused(what, text, `Leave out its control characters. Did you mean: ${offer}`);
  }
  if (!VISIBLE.test(text)) throw refused(what, text, 'Write at least one character to be seen.');
  if (text.length > most) throw refused(what, text, `Use at most ${most} characters.`);
  return text;
}

const refused = (what: string, text: string, next: string): AppError =>
  new AppError('E_NAME', `"${text.slice(0, NAME_LIMIT)}" cannot be ${what}.`, { next });
