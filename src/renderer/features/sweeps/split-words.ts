const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' };

/** Where the quoted part that starts at `at` ends; the end of the text when it is never closed. */
function closingQuote(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === text[at]) return i;
  }
  return text.length - 1;
}

/**
 * The parts of a text between commas and line ends, without the blanks around them and without empty
 * ones. Commas in double quotes and in brackets do not part: `"a, b", [1, 2]` is two.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  const open: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (char === '"') i = closingQuote(text, i);
    else if (CLOSERS[char]) open.push(CLOSERS[char]);
    else if (char === open.at(-1)) open.pop();
    else if (char === '\n' || (char === ',' && open.length === 0)) {
      words.push(text.slice(start, i));
      start = i + 1;
    }
  }
  words.push(text.slice(start));
  return words.map((word) => word.trim()).filter((word) => word !== '');
}
