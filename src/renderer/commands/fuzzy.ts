/** Where in a word a match counts more. */
const isStart = (text: string, at: number): boolean =>
  at === 0 || /[\s/_.:-]/.test(text[at - 1]!) || /[a-z\d][A-Z]/.test(text.slice(at - 1, at + 1));

const START = 8;
const NEXT = 5;
const HIT = 1;

/** Best way to find `rest` in `text` from `from` on, letter by letter in order; null for none. */
function scoreFrom(text: string, lower: string, rest: string, from: number): number | null {
  let score = 0;
  let at = from - 1;
  for (const letter of rest) {
    const next = bestNext(text, lower, letter, at + 1);
    if (next === -1) return null;
    score += HIT + (next === at + 1 && at >= 0 ? NEXT : 0) + (isStart(text, next) ? START : 0);
    at = next;
  }
  return score;
}

/** The letter right here, else where a word starts with it, else anywhere. */
function bestNext(text: string, lower: string, letter: string, from: number): number {
  if (lower[from] === letter) return from;
  let first = -1;
  for (let at = lower.indexOf(letter, from); at !== -1; at = lower.indexOf(letter, at + 1)) {
    if (isStart(text, at)) return at;
    if (first === -1) first = at;
  }
  return first;
}

const WHOLE = 1000;

function scoreWord(text: string, lower: string, word: string): number | null {
  const whole = lower.indexOf(word);
  if (whole !== -1) return WHOLE + (isStart(text, whole) ? START : 0) - whole / 100;
  let best: number | null = null;
  for (let at = lower.indexOf(word[0]!); at !== -1; at = lower.indexOf(word[0]!, at + 1)) {
    const score = scoreFrom(text, lower, word, at);
    if (score !== null && (best === null || score > best)) best = score;
  }
  // Letters strewn over a long text are no match that a person means.
  return best !== null && best >= word.length * (HIT + NEXT / 2) ? best : null;
}

/**
 * How well a text answers what was typed: every word of it somewhere, as it stands or as letters in order
 * ("njg" finds "New job from git"). Higher is better; null for not at all.
 */
export function fuzzyScore(text: string, typed: string): number | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  // Some letters have another length in lower case: places would not be the same.
  if (lower.length !== text.length) return words.every((word) => lower.includes(word)) ? 0 : null;
  let total = 0;
  for (const word of words) {
    const score = scoreWord(text, lower, word);
    if (score === null) return null;
    total += score;
  }
  // Of equal matches the shorter text is the closer one.
  return total - text.length / 100;
}
