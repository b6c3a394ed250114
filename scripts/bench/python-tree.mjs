/** Makes a repository of Python that a parser can read: a training program and the packages it is made of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomNumbers, word as anyWord } from './tree.mjs';

const MODULE_SHARE = 0.75;
const OTHERS = ['.md', '.json', '.txt', '.yaml', '.sh', '.ipynb'];
const MODULES_A_PACKAGE = 12;
const IMPORTED_BY_MAIN = 40;

/**
 * Writes about `files` files, three of four of them modules of 2 to 12 KB that import one another.
 * @param {string} folder
 */
export function writePythonTree(folder, { files, seed }) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const random = randomNumbers(seed);
  const modules = moduleNames(random, Math.round(files * MODULE_SHARE));
  for (const module of modules) {
    write(`${module.replaceAll('.', '/')}.py`, moduleText(random, modules));
  }
  const others = files - modules.length - Object.keys(ROOT_FILES).length - 1;
  for (let number = 0; number < others; number++) {
    const suffix = OTHERS[number % OTHERS.length];
    write(
      `${['docs', 'assets', 'conf'][number % 3]}/part-${number % 25}/${number}${suffix}`,
      otherText(random),
    );
  }
  for (const [path, text] of Object.entries(ROOT_FILES)) write(path, text);
  write('train.py', mainText(random, modules));
}

function moduleNames(random, count) {
  return Array.from({ length: count }, (_, number) => {
    if (number % MODULES_A_PACKAGE === 0) return `${packageOf(number)}.__init__`;
    return `${packageOf(number)}.${word(random)}_${number}`;
  });
}

function packageOf(number) {
  const unit = Math.floor(number / MODULES_A_PACKAGE);
  return `project.area_${unit % 9}.unit_${unit}`;
}

function moduleText(random, modules) {
  const imports = Array.from({ length: 4 }, () => importOf(pick(random, modules)));
  const parts = [];
  const count = 2 + Math.floor(random() ** 2 * 14);
  for (let part = 0; part < count; part++) {
    parts.push(random() < 0.4 ? classText(random) : functionText(random, ''));
  }
  return [
    `"""${sentence(random)}"""`,
    'import math\nimport os\nfrom dataclasses import dataclass, field\nfrom typing import Optional\n',
    'import numpy as np\nimport torch\nfrom torch import nn\n',
    imports.join('\n'),
    `LIMIT = ${Math.floor(random() * 1000)}\n`,
    ...parts,
  ].join('\n');
}

const importOf = (module) => `from ${module.replace(/\.__init__$/, '')} import LIMIT as _`;

function functionText(random, indent) {
  const [name, first, second, result] = [word(random), word(random), word(random), word(random)];
  const self = indent ? 'self, ' : '';
  const lines = [
    `def ${name}(${self}${first}: torch.Tensor, ${second}: Optional[int] = None, scale=${random().toFixed(3)}):`,
    `    """${sentence(random)}`,
    '',
    `    Args:`,
    `        ${first}: ${sentence(random)}`,
    `    """`,
    `    if ${second} is None:`,
    `        ${second} = int(os.environ.get("${name.toUpperCase()}", "${Math.floor(random() * 64)}"))`,
    `    ${result} = {"${first}": [], "${second}": ${second} * 2, 'shape': ${first}.shape[:-1]}`,
    `    for index, value in enumerate(${first}.reshape(-1, ${second})):`,
    `        if index % LIMIT == 0 and not math.isnan(value.sum()):`,
    `            ${result}["${first}"].append(np.float32(value.mean().item() * scale))`,
    `        else:`,
    `            raise ValueError(f"{index} of {len(${first})}: ${word(random)} {value!r}")`,
    `    # ${sentence(random)}`,
    `    return {key: [x ** 2 for x in value] if key != "shape" else value for key, value in ${result}.items()}`,
    '',
  ];
  return lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
}

function classText(random) {
  const name = capital(word(random));
  if (random() < 0.3) {
    const fields = Array.from(
      { length: 6 },
      () => `    ${word(random)}: float = ${random().toFixed(4)}`,
    );
    return ['@dataclass', `class ${name}:`, ...fields, ''].join('\n');
  }
  const [width, depth] = [word(random), word(random)];
  return [
    `class ${name}(nn.Module):`,
    `    def __init__(self, ${width}=${2 ** (4 + Math.floor(random() * 6))}, ${depth}=4, *, dropout=0.1):`,
    '        super().__init__()',
    `        self.layers = nn.ModuleList([nn.Linear(${width}, ${width}) for _ in range(${depth})])`,
    '        self.dropout = nn.Dropout(p=dropout)\n',
    functionText(random, '    '),
    functionText(random, '    '),
  ].join('\n');
}

/** Parameters of its own, and of settings in other modules. */
function mainText(random, modules) {
  const imports = Array.from({ length: IMPORTED_BY_MAIN }, () => importOf(pick(random, modules)));
  const options = Array.from(
    { length: 30 },
    (_, number) =>
      `    parser.add_argument("--${word(random)}-${number}", type=float, default=${random().toFixed(4)}, help="${sentence(random)}")`,
  );
  return [
    'import argparse\nimport json\n\nimport torch\nimport wandb\n',
    ...imports,
    '\n\ndef parse_args():\n    parser = argparse.ArgumentParser()',
    '    parser.add_argument("--config", default="configs/base.json")',
    ...options,
    '    return parser.parse_args()\n\n',
    functionText(random, ''),
    'def main():\n    args = parse_args()\n    run = wandb.init(project="bench", config=vars(args))',
    '    for step in range(1000):\n        wandb.log({"train/loss": 1 / (1 + step), "epoch": step // 100})',
    '    with open("results.json", "w") as file:\n        json.dump({"loss": 0.1}, file)\n\n',
    'if __name__ == "__main__":\n    main()\n',
  ].join('\n');
}

const ROOT_FILES = {
  'requirements.txt': 'torch==2.1.0\nnumpy>=1.24\nwandb\nhydra-core\n',
  'pyproject.toml': '[project]\nname = "project"\nversion = "1.0"\nrequires-python = ">=3.9"\n',
  'configs/base.json': '{"lr": 0.001, "model": {"depth": 4, "width": 256}}\n',
  'configs/large.yaml': 'lr: 0.0001\nmodel:\n  depth: 24\n  width: 2048\n',
  'README.md': '# project\n\nRun `python train.py`.\n',
};

const otherText = (random) => Array.from({ length: 40 }, () => sentence(random)).join('\n');
const sentence = (random) => capital(Array.from({ length: 9 }, () => word(random)).join(' '));
const capital = (text) => text[0].toUpperCase() + text.slice(1);
/** Never a word of the language, such as `else`. */
const word = (random) => `${anyWord(random)}m`;
const pick = (random, list) => list[Math.floor(random() * list.length)];
