import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readKept } from './kept.ts';
import { keptText } from './report.ts';

const FILE = fileURLToPath(new URL('../../../docs/faults.md', import.meta.url));
const BEGIN = '<!-- Written by `npm run faults`; do not edit below. -->';

/** Puts what is kept below the part of docs/faults.md that people write. `names`: of all scenarios, in order. */
export function writeDocs(names: readonly string[]): void {
  const [head = ''] = readFileSync(FILE, 'utf8').split(BEGIN);
  writeFileSync(FILE, `${head}${BEGIN}\n\n${keptText(readKept(), names)}\n`);
}
