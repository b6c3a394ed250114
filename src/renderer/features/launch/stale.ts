import type { Json } from '../../../shared/domain/json.ts';
import type { LaunchState, Planned } from './launch-state.ts';

const VALUES = 'values.';

type Asked = Pick<Planned, 'spec' | 'entryPoint'>;

const entryOf = (entries: object, name: string): unknown =>
  Object.hasOwn(entries, name) ? (entries as Record<string, Json>)[name] : undefined;

/** What is asked for at a place: of each input and setting its own value, of other places the whole. */
function askedAt({ spec, entryPoint }: Asked, place: string): unknown {
  if (place === 'entryPoint') return entryPoint;
  if (place.startsWith(VALUES)) return entryOf(spec.values, place.slice(VALUES.length));
  const [part = '', name = ''] = place.split('.');
  return part === 'settings' ? entryOf(spec.settings, name) : entryOf(spec, part);
}

/** Whether a place was changed since the last answer: what that says is wrong with it may be mended. */
export const isStale = ({ planned, spec, draft }: LaunchState, place: string): boolean =>
  planned !== null &&
  askedAt({ spec, entryPoint: draft.entryPoint }, place) !== askedAt(planned, place);
