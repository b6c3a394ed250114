import type { RunColumn, RunPage, RunQuery, RunScope } from '../../shared/domain/run-list.ts';
import type { ErrorData } from '../../shared/errors.ts';
import type { Defaults } from './run-source.ts';

export interface EngineOptions extends Defaults {
  /** All states, in the order in which they are sorted. */
  states: readonly string[];
}

/** What the worker is started with. */
export interface ListWorkerData extends EngineOptions {
  /** `slipway.db`. */
  file: string;
}

/** A page of a list, of which the runs are told by number. */
export interface QueryAnswer extends Omit<RunPage, 'runs'> {
  seqs: number[];
}

/** What the worker is asked, by name, and what it answers. */
export interface Questions {
  query: { request: { query: RunQuery; now: number }; answer: QueryAnswer };
  columns: { request: RunScope; answer: RunColumn[] };
  /** To get ready. */
  warm: { request: null; answer: null };
}

export type QuestionName = keyof Questions;

export type Question = {
  [Name in QuestionName]: { id: number; name: Name; request: Questions[Name]['request'] };
}[QuestionName];

export type Answer = Questions[QuestionName]['answer'];

export type Reply = { id: number; answer: Answer } | { id: number; error: ErrorData };
