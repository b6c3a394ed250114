/** Columns that every list of runs has. Others are values of the runs: see {@link valueColumnId}. */
export const OWN_COLUMNS = [
  'name',
  'state',
  'job',
  'version',
  'creator',
  'created',
  'duration',
  'engine',
  'queue',
  'priority',
  'tags',
  'notes',
  'starred',
] as const;

export type OwnColumn = (typeof OWN_COLUMNS)[number];

/** What the values of a column are of: what runs were configured with, or what they came to. */
export const VALUE_SOURCES = ['config', 'summary'] as const;
export type ValueSource = (typeof VALUE_SOURCES)[number];

/** `config lr`, `summary val.loss`: nested values by their path. */
export const valueColumnId = (of: ValueSource, path: string): string => `${of} ${path}`;
