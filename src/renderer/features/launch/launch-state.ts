import type { DocumentProblem } from '../../../shared/domain/document.ts';
import type { DroppedValue } from '../../../shared/domain/fitted-spec.ts';
import type { InputSchema } from '../../../shared/domain/inputs.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { LaunchPlan, LaunchProblem, LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { SweepDraft } from '../sweeps/sweep-draft.ts';
import type { LaunchDraft } from './launch-draft.ts';

export type View = 'form' | 'json' | 'yaml';

/** The values as text. */
export interface RawText {
  text: string;
  format: Exclude<View, 'form'>;
  /** The values it stands for, or was started from; others since make it worthless. */
  values: LaunchSpec['values'];
  problem: DocumentProblem | null;
  /** Typed and not read yet. */
  pending: boolean;
}

/** The first cell of a sweep: the plan shows what that one would do. */
export interface FirstCell {
  values: Readonly<Record<string, Json>>;
  /** How many cells there are. */
  of: number;
}

/** What the plan that is shown, or the refusal, is the answer to. */
export interface Planned {
  spec: LaunchSpec;
  firstCell: FirstCell | null;
  entryPoint: string | null;
}

/** Everything the form holds. Kept for the job when the form is closed. */
export interface LaunchState {
  draft: LaunchDraft;
  spec: LaunchSpec;
  /** Words as they were typed, by place (`values.lr`), while they stand for what is in the spec. */
  texts: Readonly<Record<string, string>>;
  /** What cannot be put into the spec at all, by place: `settings.memoryBytes`. */
  unread: Readonly<Record<string, string>>;
  /** Inputs that are swept over, and how. */
  sweep: SweepDraft;
  /** Null while there is no sweep, or none that is whole yet. */
  firstCell: FirstCell | null;
  /** The inputs of the version; null until they are there. */
  schema: InputSchema | null;
  schemaError: ErrorData | null;
  plan: LaunchPlan | null;
  planError: ErrorData | null;
  planned: Planned | null;
  /** What is wrong, by place. */
  problems: Readonly<Record<string, LaunchProblem>>;
  /** Places that were left once, or all when Launch was pressed: only these miss what is required. */
  left: Readonly<Record<string, true>>;
  asked: boolean;
  /** The chosen sub-command. */
  command: string | null;
  filter: string;
  /** Rows from the top that are drawn. */
  drawn: number;
  /** Sections that were opened or folded by hand. */
  open: Readonly<Record<string, boolean>>;
  view: View;
  /** The raw view as it was last edited; null when it was not, or starts anew. */
  raw: RawText | null;
  /** Values that the version has no place for: back again where another version has one. */
  dropped: readonly DroppedValue[];
  /** Where the values were taken from ("run amber-comet-204"), and what to know of that. */
  from: string | null;
  notes: readonly string[];
  /** The version that the values were fitted to. */
  fittedTo: string | null;
  /** The form was closed, and is open again with what was typed. */
  restored: boolean;
}
