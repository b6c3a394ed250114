import { posix } from 'node:path';
import type { JsonValues } from '../../../shared/domain/json.ts';
import type { Delivery } from '../../../shared/domain/launch-spec.ts';
import { noValues } from '../../../shared/domain/json.ts';
import type { Findings } from '../findings.ts';
import { mergeJson } from '../json.ts';
import { editJson } from './edit-json.ts';
import { editToml } from './edit-toml.ts';
import { editYaml } from './edit-yaml.ts';
import { EditFault, type Edited } from './edited.ts';

/** The largest config file that values are written into, in bytes; also of what it becomes. */
const FILE_LIMIT = 1024 * 1024;

/** Reading YAML takes 10 us a byte, on the thread that everything else waits for. */
const YAML_LIMIT = 64 * 1024;

interface Editor {
  edit: (text: string, over: JsonValues) => Edited;
  limit: number;
  /** The limit in words. */
  size: string;
}

const JSON_FILE = { edit: editJson, limit: FILE_LIMIT, size: '1 MB' };
const TOML_FILE = { edit: editToml, limit: FILE_LIMIT, size: '1 MB' };
const YAML_FILE = { edit: editYaml, limit: YAML_LIMIT, size: '64 KB' };

const EDITORS: Readonly<Record<string, Editor>> = {
  '.json': JSON_FILE,
  '.yaml': YAML_FILE,
  '.yml': YAML_FILE,
  '.toml': TOML_FILE,
};

/** Up to `limit` bytes of a file of the code, by its path from the code's folder; null when there is none. */
type ReadCode = (path: string, limit: number) => Promise<Buffer | null>;

/**
 * The config files of the code with other values in them. A file that cannot have them is a problem
 * (`E_OVERRIDE_FILE`), and left out.
 */
export async function overrideFiles(
  files: ReadonlyMap<string, JsonValues>,
  read: ReadCode,
  findings: Findings,
): Promise<Delivery['files']> {
  const made: Delivery['files'] = [];
  for (const [path, values] of joined(files)) {
    if (Object.keys(values).length === 0) continue;
    try {
      const { text, note } = await overrideFile(path, values, read);
      if (note !== null) findings.note(`${path} ${note}.`);
      made.push({ path, text });
    } catch (error) {
      if (!(error instanceof EditFault)) throw error;
      const message = `${JSON.stringify(path)} ${error.message}.`;
      findings.problem('E_OVERRIDE_FILE', `files.${path}`, message, NEXT);
    }
  }
  return made;
}

const NEXT =
  'Name a config file of the code (.json, .yaml, .yml or .toml) by its path from the folder of the code.';

/** Two spellings of a path are one file. */
function joined(files: ReadonlyMap<string, JsonValues>): Map<string, JsonValues> {
  const all = new Map<string, JsonValues>();
  for (const [written, values] of files) {
    const path = written === '' ? written : posix.normalize(written);
    all.set(path, mergeJson(all.get(path) ?? noValues(), values));
  }
  return all;
}

async function overrideFile(path: string, values: JsonValues, read: ReadCode): Promise<Edited> {
  const { edit, limit, size } = editorFor(path);
  const bytes = await read(path, limit + 1);
  if (!bytes) throw new EditFault('is not a file of this version');
  if (bytes.length > limit) throw new EditFault(`is larger than ${size}`);
  const edited = notTooDeep(() => edit(textOf(bytes), values));
  if (Buffer.byteLength(edited.text) > FILE_LIMIT) throw new EditFault('would be larger than 1 MB');
  return edited;
}

/** Readers of documents call themselves for each level of them, until there is no room left. */
function notTooDeep(edit: () => Edited): Edited {
  try {
    return edit();
  } catch (error) {
    throw error instanceof RangeError ? new EditFault('is nested too deeply') : error;
  }
}

function editorFor(path: string): Editor {
  // oxlint-disable-next-line no-control-regex -- what no path of a person holds
  const isOdd = /[\x00-\x1f\\]/.test(path) || !path.isWellFormed();
  if (isOdd || path === '' || path.startsWith('/') || path === '..' || path.startsWith('../')) {
    throw new EditFault('is no path inside of the code');
  }
  const editor = EDITORS[posix.extname(path).toLowerCase()];
  if (!editor) throw new EditFault('is no config file that values can be written into');
  return editor;
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (text.includes('\0') || !Buffer.from(text).equals(bytes))
    throw new EditFault('is no text file');
  return text;
}
