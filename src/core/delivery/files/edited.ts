/** A config file with other values. */
export interface Edited {
  text: string;
  /** What was lost on the way, in words; null when comments and order are kept. */
  note: string | null;
}

/** Why a config file cannot be given other values: the end of a sentence that begins with its path. */
export class EditFault extends Error {
  override readonly name = 'EditFault';
}

export const isCrlf = (text: string): boolean => /\r\n/.test(text) && !/[^\r]\n/.test(text);

export const REWRITTEN = 'is written anew, without its comments';
