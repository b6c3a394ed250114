import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { stringify as stringifyToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { systemPython } from '../testing/system-python.ts';
import { stringify as stringifyYaml } from 'yaml';
import type { JsonValues } from '../../../shared/domain/json.ts';
import { editJson } from './edit-json.ts';
import { editToml } from './edit-toml.ts';
import { editYaml } from './edit-yaml.ts';
import type { Edited } from './edited.ts';
import { config } from './testing.ts';

/** Prints what is wrong: where the edited text does not read as the merge of the text and the change. */
const CODE = `
import json, sys
def merge(base, over):
    base = dict(base)
    for key, value in over.items():
        old = base.get(key)
        base[key] = merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return base
def read(text):
    if kind == 'yaml':
        import yaml
        return yaml.safe_load(text) or {}
    if kind == 'toml':
        import tomllib
        return tomllib.loads(text)
    return json.loads(text)
kind, wrong = sys.argv[1], []
for text, over, edited in json.loads(sys.stdin.buffer.read()):
    if not all(isinstance(key, str) for key in read(text)):
        continue
    if read(edited) != merge(read(text), over):
        wrong.append([text, over, edited])
print(json.dumps(wrong))
`;

/** Not all that is plain for a reader of YAML 1.2 is for PyYAML. */
const QUOTED = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' } as const;

const HAND_WRITTEN: Record<string, string> = {
  yaml: 'a: yes\nlr: 1e-3\nmodel:\n  on: 012\n  t: 12:30:45\n  d: 2020-01-01\n  f: 1.0\n  s: |\n    x\n',
  toml: 'a = 1_000\nlr = 1e-3\n[model]\nd = 2020-01-01\nf = 1.0\ns = """\nx"""\n',
  json: '{"a": 1.0, "lr": 1e-3, "model": {"x": 12345678901234567890}}',
};

test.each<[string, (values: JsonValues) => string, (text: string, over: JsonValues) => Edited]>([
  ['yaml', (values) => stringifyYaml(values, QUOTED), editYaml],
  ['json', (values) => JSON.stringify(values, null, 2), editJson],
  ['toml', (values) => stringifyToml(values), editToml],
])('Python reads an edited %s file as the merge of file and change', (kind, write, edit) => {
  // Keys that a reader of YAML 1.1 takes for something else are other keys there.
  const isText = (values: JsonValues): boolean => !/"(?:on|1|=)":/.test(JSON.stringify(values));
  const values = config(kind !== 'toml').filter(isText);
  const pairs = fc.sample(fc.tuple(values, values), 150);
  const own = fc.sample(values, 50).map((over) => [HAND_WRITTEN[kind] ?? '', over] as const);
  const all = [...pairs.map(([base, over]) => [write(base), over] as const), ...own];
  const input = JSON.stringify(all.map(([text, over]) => [text, over, edit(text, over).text]));
  const out = execFileSync(systemPython, ['-c', CODE, kind], { input, encoding: 'utf8' });
  expect(JSON.parse(out)).toEqual([]);
});
