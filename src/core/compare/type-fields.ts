import { isRecord } from '../../shared/is-record.ts';

/** Most fields that are taken from one description of types, and how deep it is followed. */
const MOST = 5000;
const DEPTH = 32;
const LONGEST = 200;

type Typed = Record<string, unknown>;

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

const paramsOf = (type: unknown): Typed =>
  isRecord(type) && isRecord(type['params']) ? type['params'] : {};

const wbType = (type: unknown): string | null =>
  isRecord(type) && typeof type['wb_type'] === 'string' ? type['wb_type'] : null;

/** The members of a dictionary; null for anything else. */
function membersOf(type: unknown): Typed | null {
  // Where config and files are described side by side, the names of the parts stand at the top.
  if (isRecord(type) && wbType(type) === null) return type;
  const map = wbType(type) === 'typedDict' ? paramsOf(type)['type_map'] : null;
  return isRecord(map) && Object.keys(map).length > 0 ? map : null;
}

function typeName(type: unknown, depth: number): string {
  const params = paramsOf(type);
  const name = wbType(type);
  const part = (inner: unknown): string => (depth < DEPTH ? typeName(inner, depth + 1) : '...');
  if (name === 'list' && 'element_type' in params)
    return clip(`list of ${part(params['element_type'])}`);
  if (name === 'union' && Array.isArray(params['allowed_types'])) {
    return clip(params['allowed_types'].slice(0, DEPTH).map(part).join(' or '));
  }
  return clip(name ?? (JSON.stringify(type) || 'unknown'));
}

const clip = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
