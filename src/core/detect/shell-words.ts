import { AppError } from '../../shared/errors.ts';

/**
 * Splits one line into words by the rules of a POSIX shell: blanks separate, `'...'` is verbatim,
 * in `"..."` a backslash escapes `" \ $` and the backtick, elsewhere any character. Nothing is
 * expanded, and `;`, `|`, `$(...)` and the like are plain text. The rules are those of Python's
 * `shlex.split`, which the tests compare with, but for `\$` and the escaped backtick in quotes.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length;) {
    const piece = pieceAt(text, at);
    if (piece.text === null) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + piece.text;
    }
    at = piece.end;
  }
  return word === null ? words : [...words, word];
}

interface Piece {
  /** Null between words. */
  text: string | null;
  end: number;
}

function pieceAt(text: string, at: number): Piece {
  const character = text.charAt(at);
  if (character === ' ' || character === '\t') return { text: null, end: at + 1 };
  if (character === "'") return singleQuoted(text, at);
  if (character === '"') return doubleQuoted(text, at);
  if (character !== '\\') return { text: character, end: at + 1 };
  if (at + 1 === text.length) {
    const next = 'Remove it, or write \\\\ for a backslash.';
    throw broken(text, at, 'a backslash with nothing behind it', next);
  }
  return { text: text.charAt(at + 1), end: at + 2 };
}

function singleQuoted(text: string, at: number): Piece {
  const end = text.indexOf("'", at + 1);
  if (end < 0) throw unclosed(text, at);
  return { text: text.slice(at + 1, end), end: end + 1 };
}

function doubleQuoted(text: string, at: number): Piece {
  const found = /^"((?:[^"\\]|\\.)*)"/u.exec(text.slice(at));
  if (!found) throw unclosed(text, at);
  const [whole, inner = ''] = found;
  return { text: inner.replace(/\\(["\\$`])/g, '$1'), end: at + whole.length };
}

function unclosed(text: string, at: number): AppError {
  const quote = text.charAt(at);
  const next = `Close it with another ${quote}, or write \\${quote} for the character itself.`;
  return broken(text, at, `a quote ${quote} that is never closed`, next);
}

/** `index` counts from 0, the column shown from 1. */
export function broken(text: string, index: number, what: string, next: string): AppError {
  const message = `The entry point has ${what} at column ${index + 1}.`;
  return new AppError('E_ENTRYPOINT_PARSE', message, { next, detail: text });
}

/** Writes words so that {@link splitWords} gives them back. Words must hold no line breaks. */
export const joinWords = (words: readonly string[]): string => words.map(quote).join(' ');

const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
