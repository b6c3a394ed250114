import type { InputField } from '../../../shared/domain/inputs.ts';
import type { LaunchProblem } from '../../../shared/domain/launch-spec.ts';
import { namesIn, sectionsOf } from './sections.ts';

/** What is missing. */
export const REQUIRED = 'E_PARAM_REQUIRED';

/** Whether a path is a place or something inside of it: `values.sizes[2]` in `values.sizes`. */
const isIn = (path: string, place: string): boolean =>
  path === place || (path.startsWith(place) && /^[.[]/.test(path.slice(place.length)));

/** The input a problem is about, the one with the longest name where several fit. */
function fieldPlace(path: string, fields: readonly InputField[]): string {
  let best = '';
  for (const { name } of fields) {
    const place = `values.${name}`;
    if (place.length > best.length && isIn(path, place)) best = place;
  }
  return best || path;
}

/** Problems by the place of the form that shows them, the first of each, as the form has them from its top. */
export function placeProblems(
  problems: readonly LaunchProblem[],
  fields: readonly InputField[],
): Record<string, LaunchProblem> {
  const placed = new Map<string, LaunchProblem>();
  for (const problem of problems) {
    const place = fieldPlace(problem.path, fields);
    if (!placed.has(place)) placed.set(place, problem);
  }
  if (placed.size < 2) return Object.fromEntries(placed);
  const order = new Map(namesIn(sectionsOf(fields)).map((name, at) => [`values.${name}`, at]));
  const at = (place: string): number => order.get(place) ?? fields.length;
  return Object.fromEntries([...placed].toSorted(([a], [b]) => at(a) - at(b)));
}

/** The problem of a place or of something in it, for a place that shows several: `env`, `settings.mounts`. */
export const problemIn = (
  problems: Readonly<Record<string, LaunchProblem>>,
  place: string,
): LaunchProblem | undefined =>
  problems[place] ?? Object.entries(problems).find(([path]) => isIn(path, place))?.[1];

/** Whether it is worth saying: nobody is told of what they did not come to yet. */
export const isDue = (
  problem: LaunchProblem,
  { left, asked }: { left: Readonly<Record<string, true>>; asked: boolean },
): boolean => problem.code !== REQUIRED || asked || left[problem.path] === true;
