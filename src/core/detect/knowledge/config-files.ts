import type { Evidence } from '../../../shared/domain/detection.ts';
import type { Handler, Knowledge, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import { native, UNKNOWN } from '../reading/values.ts';
import type { Native, Value } from '../reading/values.ts';
import { parameterOf } from './draft.ts';
import { classFields, functionFields } from './fields.ts';
import { fieldDraft } from './flavours.ts';
import { argument } from './draft.ts';

/** An open file, or its text: known by its path. */
export class FileHandle implements Native {
  readonly path: Value;

  constructor(path: Value) {
    this.path = path;
  }

  method(name: string): Value | null {
    return name === 'read' ? native(this) : null;
  }
}

/** The path of a file that is read; of a parameter, that of its default. */
function pathOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'native' && value.native instanceof FileHandle)
    return pathOf(value.native.path);
  return textOf(parameterOf(value)?.value ?? value);
}

function note(machine: Machine, value: Value | undefined, evidence: Evidence, via: string): void {
  const path = pathOf(value);
  if (path !== undefined) machine.findings.files.push({ path, evidence, via, overrides: false });
}

/** JSON is data more often than settings: the name has to tell. */
const SETTINGS = /conf|param|setting|option|hyper|args|default/i;

const load =
  (via: string, isData: boolean): Handler =>
  (machine, call) => {
    const [value] = call.positional;
    if (!isData || SETTINGS.test(pathOf(value) ?? '')) note(machine, value, call.evidence, via);
    return UNKNOWN;
  };

/** `OmegaConf.load(path)`. */
const omegaLoad: Handler = (machine, call) => {
  const path = pathOf(call.get(0, 'file_'));
  if (path === undefined) return null;
  machine.findings.files.push({ path, evidence: call.evidence, via: 'omegaconf', overrides: true });
  return null;
};

const fromCli: Handler = (machine) => {
  machine.findings.fromCli = true;
  return null;
};

/** `hydra.main(config_path=..., config_name=...)`. */
const hydraMain: Handler = (machine, given) => {
  const name = textOf(given.get(1, 'config_name'));
  const path = textOf(given.get(0, 'config_path')) ?? null;
  if (name !== undefined) machine.findings.hydra.push({ path, name, evidence: given.evidence });
  return native({
    call: (call) => {
      const [of] = call.positional;
      if (of?.kind !== 'function') return UNKNOWN;
      machine.later(of);
      return of;
    },
  });
};

/** `cs.store(name="config", node=Class)`: the fields are keys on the command line. */
const store: Handler = (machine, call) => {
  const node = call.get(1, 'node');
  const name = textOf(call.get(0, 'name'));
  const group = textOf(call.get(2, 'group'));
  if (!node || name === undefined || group !== undefined) return null;
  machine.findings.last.push(() => {
    if (!machine.findings.hydra.some((each) => each.name === name)) return;
    const fields =
      node.kind === 'function' ? functionFields(machine, node) : classFields(machine, node);
    for (const field of fields) {
      const key = field.path.join('.');
      machine.findings.drafts.push(fieldDraft(field, key, argument(key, 'hydra'), 'hydra'));
    }
  });
  return UNKNOWN;
};

export const CONFIG_FILES: Knowledge = {
  functions: {
    'yaml.safe_load': load('yaml', false),
    'yaml.load': load('yaml', false),
    'yaml.full_load': load('yaml', false),
    'json.load': load('json', true),
    'json.loads': load('json', true),
    'tomllib.load': load('toml', false),
    'tomli.load': load('toml', false),
    'toml.load': load('toml', false),
    'omegaconf.OmegaConf.load': omegaLoad,
    'omegaconf.OmegaConf.from_cli': fromCli,
    'hydra.main': hydraMain,
    'docopt.docopt': (machine) => {
      machine.findings.notes.add('What docopt reads of the usage text is not listed.');
      return null;
    },
  },
  methods: { store },
};
