import type { Evidence } from '../../../shared/domain/detection.ts';
import type { Handler, Knowledge, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import { native, NONE } from '../reading/values.ts';
import type { Call, Native, Value } from '../reading/values.ts';
import { draft, ParameterValue } from './draft.ts';

/** Variables that the system or a launcher sets, not the person who starts a run. */
const NOT_OURS =
  /^(?:(?:LOCAL_|GROUP_|NODE_)?(?:WORLD_SIZE|RANK)|LOCAL_WORLD_SIZE|MASTER_(?:ADDR|PORT)|SLURM_.*|PBS_.*|OMPI_.*|PMI_.*|HOME|PATH|USER|USERNAME|LOGNAME|SHELL|PWD|OLDPWD|HOSTNAME|TERM|LANG|LC_.*|DISPLAY|TMPDIR|TEMP|TMP|PYTHON[A-Z]*|LD_LIBRARY_PATH|VIRTUAL_ENV|CONDA_.*|XDG_.*|COLAB_.*|KAGGLE_.*|CI|CUDA_VISIBLE_DEVICES|JPY_.*|APPDATA|USERPROFILE|COMPUTERNAME|LANGUAGE|SystemRoot|SYSTEMROOT|ComSpec|COMSPEC|windir|PROCESSOR_.*|PROGRAMFILES.*|_.*)$/;

function variable(
  machine: Machine,
  name: string | undefined,
  value: Value | null,
  evidence: Evidence,
): Value | null {
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name) || NOT_OURS.test(name)) return null;
  const made = draft(
    { name, target: { kind: 'environment', variable: name }, via: 'environ', evidence },
    { value, required: value === null, confidence: 0.8 },
  );
  machine.findings.drafts.push(made);
  return native(new ParameterValue(made));
}

/** `os.environ`. */
class Environment implements Native {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  item(name: string, evidence: Evidence): Value | null {
    return variable(this.#machine, name, null, evidence);
  }

  method(name: string, call: Call): Value | null {
    return name === 'get' || name === 'pop' ? read(this.#machine, call, NONE) : null;
  }

  /** What the code sets itself is no parameter. */
  assign(): void {}
}

const read: Handler = (machine, call) =>
  variable(machine, textOf(call.get(0, 'key')), call.get(1, 'default') ?? NONE, call.evidence);

export const ENVIRON: Knowledge = {
  functions: { 'os.getenv': read, 'os.environ.get': read },
  objects: { 'os.environ': (machine) => new Environment(machine) },
};
