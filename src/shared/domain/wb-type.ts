import { isRecord } from '../is-record.ts';

/** A type as W&B describes it (`sdk/data_types/_dtypes.py`), one level of it. Nothing of it is trusted. */
export interface WbShape {
  /** `number`, `string`, `list`, `typedDict`, ...; null when it is not said. */
  kind: string | null;
  /** The types of a dictionary, by name; null when it is none. */
  members: Record<string, unknown> | null;
  /** What a list holds; undefined when it is not said. */
  element: unknown;
  /** How long the list was; null when it is not said. */
  length: number | null;
  /** What a union may be. */
  options: readonly unknown[];
}

export function wbShape(type: unknown): WbShape {
  const said: Record<string, unknown> = isRecord(type) ? type : {};
  const kind = typeof said['wb_type'] === 'string' ? said['wb_type'] : null;
  const params = isRecord(said['params']) ? said['params'] : {};
  const { type_map: map, element_type: element, length, allowed_types: options } = params;
  return {
    kind,
    members: kind === 'typedDict' && isRecord(map) ? map : null,
    element: kind === 'list' ? element : undefined,
    length: kind === 'list' && typeof length === 'number' ? length : null,
    options: kind === 'union' && Array.isArray(options) ? options : [],
  };
}
