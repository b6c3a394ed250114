/** Makes folders that look like code: the same one for the same numbers, on every machine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SYLLABLES = 'al an ar ber con de el en fi ga ka lo mer no or pre qua ra se ti un vo wa'.split(
  ' ',
);
const PATTERNS = [
  'def {}({}, {}=None):',
  '    {} = {}.{}({}, {})',
  '    if {} is not None and {} > 0:',
  '        return {}[{}]',
  '    for {} in {}.{}:',
  '        raise ValueError("{} {} {}")',
  'from {}.{} import {}',
  '    # {} {} {} {} {} {}',
  '"{}": {{"{}": "{}", "{}": [{}, {}]}},',
  '',
];
const SUFFIXES = ['.py', '.py', '.py', '.go', '.ts', '.md', '.yaml', '.json', '.txt'];
const BINARY_SHARE = 0.04;
const POOL_LINES = 60_000;
const PIECE = 900;
const REGION = 60_000;

/**
 * Writes files of text, and some of bytes that cannot be compressed, in nested folders.
 * @param {{ files: number, bytes: number, seed: number }} size `bytes`: about this many in all
 */
export function writeTree(folder, { files, bytes, seed }) {
  const random = randomNumbers(seed);
  const pool = Buffer.from(textPool(random));
  const sizes = fileSizes(random, files, bytes);
  for (const [number, size] of sizes.entries()) {
    const isBinary = random() < BINARY_SHARE;
    const file = join(folder, pathOf(random, number, isBinary));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, isBinary ? noise(random, size) : text(random, pool, number, size));
  }
}

/** Many small files and few large ones, as in real code: sizes fall with the square. */
function fileSizes(random, files, bytes) {
  const weights = Array.from({ length: files }, () => 1 / (0.02 + random()) ** 1.6);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.max(1, Math.round((weight / all) * bytes)));
}

/** About sixteen files a folder, up to four folders deep. */
function pathOf(random, number, isBinary) {
  const group = Math.floor(number / 16);
  const folders = [`area-${group % 7}`, `part-${group % 31}`, `unit-${group}`, 'detail'];
  const depth = 1 + Math.floor(random() * folders.length);
  const suffix = isBinary ? '.png' : SUFFIXES[number % SUFFIXES.length];
  return join(...folders.slice(0, depth), `${word(random)}_${number}${suffix}`);
}

/**
 * Pieces of one region of the pool, for a file says the same things over and over, behind a first
 * line that makes it the only one of its kind.
 */
function text(random, pool, number, size) {
  const pieces = [Buffer.from(`# file ${number} ${random()}\n`)];
  const region = Math.floor(random() * (pool.length - REGION - PIECE));
  for (let length = pieces[0].length; length < size; length += PIECE) {
    const start = region + Math.floor(random() * REGION);
    pieces.push(pool.subarray(start, start + PIECE));
  }
  return Buffer.concat(pieces).subarray(0, size);
}

function noise(random, size) {
  const words = Uint32Array.from({ length: Math.ceil(size / 4) }, () => random() * 2 ** 32);
  return Buffer.from(words.buffer).subarray(0, size);
}

function textPool(random) {
  // Few words are frequent and many are rare.
  const words = Array.from({ length: 4000 }, () => word(random));
  const pick = () => words[Math.floor(random() ** 7 * words.length)];
  const lines = Array.from({ length: POOL_LINES }, () =>
    PATTERNS[Math.floor(random() * PATTERNS.length)].replace(/\{\}/g, pick),
  );
  return lines.join('\n');
}

export function word(random) {
  const syllable = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)];
  return Array.from({ length: 2 + Math.floor(random() * 3) }, syllable).join('');
}

/** Numbers from 0 to 1 (mulberry32), the same for the same seed. */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
