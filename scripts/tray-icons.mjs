/** `node scripts/tray-icons.mjs`: draws the icons of the tray into resources/tray. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { encodePng } from './lib/png.mjs';

const SIZES = [16, 22, 32, 44];
/** Points of a pixel that are looked at in each direction: edges are smooth. */
const SAMPLES = 8;
/** Seen on light and on dark panels alike. */
const COLOURS = { idle: [138, 147, 155], running: [47, 128, 205], failed: [214, 69, 69] };

/**
 * The marks of run states, in a square from -1 to 1 (y down): a ring while nothing runs, a filled ring while
 * something does, a cross when the last run failed.
 */
const SHAPES = {
  idle: (x, y) => isRing(x, y),
  running: (x, y) => isRing(x, y) || Math.hypot(x, y) <= 0.42,
  failed: (x, y) => isRing(x, y) || isCross(x, y),
};

const isRing = (x, y) => Math.abs(Math.hypot(x, y) - 0.78) <= 0.14;

function isCross(x, y) {
  const [along, across] = [Math.abs(x + y) / Math.SQRT2, Math.abs(x - y) / Math.SQRT2];
  return Math.max(along, across) <= 0.42 && Math.min(along, across) <= 0.12;
}

/** RGBA, the colour the same everywhere and the shape in alpha. */
function draw(size, isInside, [red, green, blue]) {
  const pixels = Buffer.alloc(size * size * 4);
  for (let at = 0; at < size * size; at++) {
    const alpha = Math.round(255 * covered(at % size, Math.floor(at / size), size, isInside));
    pixels.set([red, green, blue, alpha], at * 4);
  }
  return pixels;
}

/** The share of a pixel that lies in the shape. */
function covered(column, row, size, isInside) {
  let hits = 0;
  for (let n = 0; n < SAMPLES * SAMPLES; n++) {
    const x = column + ((n % SAMPLES) + 0.5) / SAMPLES;
    const y = row + (Math.floor(n / SAMPLES) + 0.5) / SAMPLES;
    if (isInside((2 * x) / size - 1, (2 * y) / size - 1)) hits += 1;
  }
  return hits / (SAMPLES * SAMPLES);
}

const folder = inRoot('resources', 'tray');
mkdirSync(folder, { recursive: true });
for (const [state, isInside] of Object.entries(SHAPES)) {
  for (const size of SIZES) {
    const icon = encodePng(size, size, draw(size, isInside, COLOURS[state]));
    writeFileSync(`${folder}/${state}-${size}.png`, icon);
  }
  // A Mac takes the shape alone, and gives it the colour of its menu bar.
  for (const size of [16, 32]) {
    const icon = encodePng(size, size, draw(size, isInside, [0, 0, 0]));
    writeFileSync(`${folder}/${state}-template-${size}.png`, icon);
  }
}
