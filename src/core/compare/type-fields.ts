import { wbShape } from '../../shared/domain/wb-type.ts';
import { isRecord } from '../../shared/is-record.ts';

/** Most fields that are taken from one description of types, and how deep it is followed. */
const MOST = 5000;
const DEPTH = 32;
const LONGEST = 200;

/**
 * The fields of a type as W&B describes it (`sdk/data_types/_dtypes.py`), each path (`optimizer.lr`) with
 * a short word for its type: `number`, `list of string`, `number or none`. Anything else is shown as
 * the JSON it is.
 */
export function typeFields(type: unknown): Record<string, string> {
  const fields: [string, string][] = [];
  gather(type, '', fields, 0);
  return Object.fromEntries(fields);
}

function gather(type: unknown, path: string, fields: [string, string][], depth: number): void {
  const members = depth < DEPTH ? membersOf(type) : null;
  if (!members) {
    if (path !== '' && fields.length < MOST) fields.push([path, typeName(type, depth)]);
    return;
  }
  for (const [name, member] of Object.entries(members)) {
    gather(member, path === '' ? name : `${path}.${name}`, fields, depth + 1);
  }
}

/** The members of a dictionary; null for anything else. */
function membersOf(type: unknown): Record<string, unknown> | null {
  const { kind, members } = wbShape(type);
  // Where config and files are described side by side, the names of the parts stand at the top.
  if (isRecord(type) && kind === null) return type;
  return members && Object.keys(members).length > 0 ? members : null;
}

function typeName(type: unknown, depth: number): string {
  const { kind, element, options } = wbShape(type);
  const part = (inner: unknown): string => (depth < DEPTH ? typeName(inner, depth + 1) : '...');
  if (element !== undefined) return clip(`list of ${part(element)}`);
  if (options.length > 0) return clip(options.slice(0, DEPTH).map(part).join(' or '));
  return clip(kind ?? (JSON.stringify(type) || 'unknown'));
}

const clip = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
