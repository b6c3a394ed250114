const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** A value in the words of JSON: as `JSON.stringify`, and in ASCII alone as Python's `json.dumps`. */
function jsonForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = Array.from({ length: json.length }, (_, index) => {
    const code = json.charCodeAt(index);
    return code > 0x7e ? `\\u${hex(code, 4)}` : json[index];
  });
  return [json, ascii.join('')];
}

/** As Python's `repr` and `ascii` show text; an apostrophe has a backslash where there are both quotes. */
function pythonForms(text: string, isShown: (code: number) => boolean): string[] {
  const escaped = Array.from(text, (char) => {
    const code = char.codePointAt(0)!;
    if (char === '\\') return '\\\\';
    if (code >= 0x20 && code < 0x7f) return char;
    if (SHORT[char] !== undefined) return SHORT[char];
    if (code > 0x7f && isShown(code)) return char;
    if (code < 0x100) return `\\x${hex(code, 2)}`;
    return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  }).join('');
  return [escaped, escaped.replaceAll("'", "\\'")];
}

/** What a secret looks like in the middle of JSON or of a printed Python value: a dictionary, a traceback. */
export function escapedForms(secret: Buffer): Buffer[] {
  const text = secret.toString('utf8');
  const ofText = [
    ...jsonForms(text),
    ...pythonForms(text, () => true),
    ...pythonForms(text, () => false),
  ];
  const ofBytes = pythonForms(secret.toString('latin1'), () => false);
  return [...new Set([...ofText, ...ofBytes])].map((form) => Buffer.from(form, 'utf8'));
}
