const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One word as a POSIX shell reads it back. */
export const quoteWord = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;

/** Words as one line that splits into the same words again. */
export const formatCommand = (words: readonly string[]): string => words.map(quoteWord).join(' ');
