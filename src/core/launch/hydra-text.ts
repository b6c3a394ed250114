import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';

/** Words that the grammar takes for something other than text, and what looks like a number. */
const NO_TEXT = /^(?:null|true|false|nan|inf)$|^[+-]?(?:\d|\.\d)/i;
/** Text that stays text without quotes, for Hydra and for OmegaConf's dotted lists. */
const PLAIN = /^[A-Za-z_/.$][\w/.%+$*-]*$/;
/** A whole interpolation, which is for OmegaConf to work out. */
const REFERENCE = /^\$\{[\w.:,/-]*\}$/;

/**
 * A value by Hydra's override grammar (1.1 and newer). Quoted text is read as it stands, but that an
 * interpolation in it is worked out, as it is in every config of Hydra.
 */
export function hydraText(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return hydraString(value);
  if (Array.isArray(value)) return `[${value.map(hydraText).join(',')}]`;
  if (isRecord(value)) return hydraObject(value);
  return String(value);
}

function hydraString(text: string): string {
  if ((PLAIN.test(text) && !NO_TEXT.test(text)) || REFERENCE.test(text)) return text;
  // Without backslash and quote, both Hydra and YAML read the quotes alike.
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(quotedRun(quote), (run) => escaped(run)) + quote;
}

/** Backslashes are literal but where a quote follows: there each is doubled. */
const quotedRun = (quote: string): RegExp => new RegExp(`\\\\*${quote}|\\\\+$`, 'g');

function escaped(run: string): string {
  const slashes = run.replace(/[^\\]/g, '').length;
  const quote = run.slice(slashes);
  return '\\'.repeat(slashes * 2) + (quote === '' ? '' : `\\${quote}`);
}

function hydraObject(value: JsonValues): string {
  const entries = Object.entries(value).map(([key, each]) => `${hydraKey(key)}:${hydraText(each)}`);
  return `{${entries.join(',')}}`;
}

/** Keys have no quotes in the grammar: odd characters are escaped one by one. */
const hydraKey = (key: string): string => key.replace(/[\\()[\]{}:=, \t]/g, '\\$&');
