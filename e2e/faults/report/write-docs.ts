import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { reportText, type Report } from './report.ts';

const FILE = fileURLToPath(new URL('../../../docs/faults.md', import.meta.url));
const BEGIN = '<!-- Written by `npm run faults`; do not edit below. -->';

/** Puts the report below the part of docs/faults.md that people write. */
export function writeDocs(report: Report): void {
  const [head = ''] = readFileSync(FILE, 'utf8').split(BEGIN);
  writeFileSync(FILE, `${head}${BEGIN}\n\n${reportText(report)}\n`);
}
