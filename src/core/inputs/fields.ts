import type { InputField, InputOrigin, InputTarget } from '../../shared/domain/inputs.ts';

/** The inputs of one version while they are gathered from where they are known: each name once. */
export class Fields {
  readonly #byName = new Map<string, InputField>();
  readonly #byPath = new Map<string, string>();

  get all(): InputField[] {
    return [...this.#byName.values()];
  }

  /** The input that is this key of `wandb.config`, or has its name; `lr-min` and `lr_min` are one name. */
  find(path: readonly string[]): InputField | null {
    const name = this.#byPath.get(JSON.stringify(path)) ?? this.#byPath.get(plain(path.join('.')));
    return (name !== undefined && this.#byName.get(name)) || null;
  }

  named(name: string): InputField | null {
    return this.#byName.get(name) ?? null;
  }

  put(field: InputField): void {
    this.#byName.set(field.name, field);
    if (!this.#byPath.has(plain(field.name))) this.#byPath.set(plain(field.name), field.name);
    for (const target of field.targets) {
      if (target.kind === 'config') this.#byPath.set(JSON.stringify(target.path), field.name);
    }
  }

  remove(name: string): void {
    this.#byName.delete(name);
  }
}

const plain = (name: string): string => name.replaceAll('-', '_');

/** Each target and origin once. */
export function joined(a: InputField, b: InputField): Pick<InputField, 'targets' | 'origins'> {
  return {
    targets: distinct<InputTarget>([...a.targets, ...b.targets]),
    origins: distinct<InputOrigin>([...a.origins, ...b.origins]),
  };
}

const distinct = <T>(items: T[]): T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];
