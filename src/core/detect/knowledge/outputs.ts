import type { Handler, Knowledge, Machine } from '../reading/machine.ts';
import { pathText, textOf } from '../reading/plain.ts';
import { native, NONE } from '../reading/values.ts';
import type { Call, Value } from '../reading/values.ts';
import { FileHandle } from './config-files.ts';
import { metric, metrics } from './metrics.ts';

/** Notes a path that is written; one of which nothing is known says nothing. */
function output(
  machine: Machine,
  kind: 'file' | 'folder',
  path: Value | undefined,
  call: Call,
): void {
  const name = pathText(path).replace(/^\.\//, '');
  if (/^[*./]*$/.test(name) || name.startsWith('/dev/') || name.length > 500) return;
  const confidence = name.includes('*') || name.includes('{') ? 0.7 : 0.9;
  machine.findings.outputs.push({ kind, name, evidence: call.evidence, confidence });
}

const WRITES = /[wax+]/;

const open: Handler = (machine, call) => {
  if (WRITES.test(textOf(call.get(1, 'mode')) ?? 'r')) {
    output(machine, 'file', call.get(0, 'file'), call);
  }
  const [path] = call.positional;
  return path ? native(new FileHandle(path)) : null;
};

/** `path.open("w")`. */
const openMethod: Handler = (machine, call, of) => {
  if (of.kind !== 'text') return null;
  if (WRITES.test(textOf(call.get(0, 'mode')) ?? 'r')) output(machine, 'file', of, call);
  return native(new FileHandle(of));
};

/** A function that writes to the path given at a position or by a name. */
const writes =
  (kind: 'file' | 'folder', position: number, ...names: string[]): Handler =>
  (machine, call) => {
    output(machine, kind, call.get(position, ...names), call);
    return NONE;
  };

/** A method of a path that writes to it. */
const writesItself =
  (kind: 'file' | 'folder'): Handler =>
  (machine, call, of) => {
    if (of.kind === 'text') output(machine, kind, of, call);
    return NONE;
  };

/** `model.save("x.pt")`: methods of this name do many things, so the path has to look like one. */
const save: Handler = (machine, call) => {
  const [path] = call.positional;
  if (/[./]/.test(pathText(path))) output(machine, 'file', path, call);
  return NONE;
};

const named: Handler = (machine, call) => {
  const name = call.get(0, 'name', 'key', 'tag');
  if (name?.kind === 'text' || textOf(name) !== undefined) {
    metric(machine, pathText(name), call.evidence);
  }
  return NONE;
};

const all: Handler = (machine, call) => {
  metrics(machine, call.get(0, 'metrics', 'dictionary'), call.evidence);
  return NONE;
};

/** `self.log("loss", ...)` of a training module: only with a name before the value. */
const log: Handler = (machine, call, of) => {
  if (of.kind === 'instance' && call.positional.length > 1) return named(machine, call, of);
  if (of.kind !== 'external') all(machine, call, of);
  return NONE;
};

const methodsOf = (names: string, handler: Handler): Record<string, Handler> =>
  Object.fromEntries(names.split(' ').map((name) => [name, handler]));

export const OUTPUTS: Knowledge = {
  functions: {
    'builtins.open': open,
    'io.open': open,
    'codecs.open': open,
    'gzip.open': open,
    'torch.save': writes('file', 1, 'f'),
    'torch.jit.save': writes('file', 1, 'f'),
    'torch.onnx.export': writes('file', 2, 'f'),
    'numpy.save': writes('file', 0, 'file'),
    'numpy.savez': writes('file', 0, 'file'),
    'numpy.savez_compressed': writes('file', 0, 'file'),
    'numpy.savetxt': writes('file', 0, 'fname'),
    'joblib.dump': writes('file', 1, 'filename'),
    'cv2.imwrite': writes('file', 0, 'filename'),
    'imageio.imwrite': writes('file', 0, 'uri'),
    'safetensors.torch.save_file': writes('file', 1, 'filename'),
    'os.makedirs': writes('folder', 0, 'name'),
    'os.mkdir': writes('folder', 0, 'path'),
    'torch.utils.tensorboard.SummaryWriter': writes('folder', 0, 'log_dir'),
    'tensorboardX.SummaryWriter': writes('folder', 0, 'log_dir', 'logdir'),
    'mlflow.log_metric': named,
    'mlflow.log_metrics': all,
  },
  methods: {
    open: openMethod,
    write_text: writesItself('file'),
    write_bytes: writesItself('file'),
    mkdir: writesItself('folder'),
    read_text: (_machine, _call, of) => (of.kind === 'text' ? native(new FileHandle(of)) : null),
    ...methodsOf('savefig', writes('file', 0, 'fname')),
    ...methodsOf(
      'to_csv to_parquet to_json to_pickle to_excel to_feather to_hdf',
      writes('file', 0),
    ),
    ...methodsOf('save_pretrained save_model save_checkpoint', writes('folder', 0)),
    ...methodsOf('write_html write_image save_weights', writes('file', 0)),
    ...methodsOf('add_scalar log_scalar log_metric', named),
    ...methodsOf('log_dict log_metrics', all),
    save,
    log,
  },
};
