/** One setting: `section` and `key` in lower case, the sub-section as it stands. */
export interface GitSetting {
  section: string;
  subsection: string;
  key: string;
  value: string;
}

const HEADER = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/;
const SETTING = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/;

/**
 * Reads the text of a git configuration file (also `.gitmodules`). Includes are not followed, and
 * what cannot be understood is passed over: nothing here is ever obeyed, only looked at.
 */
export function readGitConfig(text: string): GitSetting[] {
  const settings: GitSetting[] = [];
  let section = '';
  let subsection = '';
  for (const line of joinLines(text)) {
    const header = HEADER.exec(line);
    if (header) {
      section = (header[1] ?? '').toLowerCase();
      subsection = (header[2] ?? '').replace(/\\(.)/g, '$1');
    }
    const setting = SETTING.exec(header ? line.slice(header[0].length) : line);
    if (!setting || section === '') continue;
    const value = setting[2] === undefined ? 'true' : readValue(setting[2]);
    settings.push({ section, subsection, key: (setting[1] ?? '').toLowerCase(), value });
  }
  return settings;
}

/** A line that ends in a backslash goes on in the next. */
const joinLines = (text: string): string[] =>
  text
    .replace(/^\ufeff/, '')
    .replace(/\r\n/g, '\n')
    .replace(/\\\n/g, '')
    .split('\n');

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', b: '\b' };

function readValue(text: string): string {
  let value = '';
  let kept = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (char === '\\') value += ESCAPES[text.charAt(++at)] ?? text.charAt(at);
    else if (!quoted && (char === '#' || char === ';')) break;
    else value += char;
    // White space at the end counts only within quotes.
    if (quoted || !/\s/.test(char)) kept = value.length;
  }
  return value.slice(0, kept);
}

/** The last value of a setting; null when there is none. */
export const lastValue = (
  settings: readonly GitSetting[],
  section: string,
  subsection: string,
  key: string,
): string | null =>
  settings.findLast(
    (setting) =>
      setting.section === section && setting.subsection === subsection && setting.key === key,
  )?.value ?? null;
