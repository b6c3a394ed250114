import { noValues, type Json, type JsonValues } from '../../../shared/domain/json.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { badSchema, type Place } from './fault.ts';
import { Resolver, type Node, type Resolved } from './resolve.ts';
import { KNOWN_WORDS, schemaField, type SchemaField } from './schema-field.ts';

/** Inputs that one schema may have, and how deep they may be nested. */
const MOST_FIELDS = 2000;
const DEPTH = 32;
const NOTED = 20;

/** The inputs that a JSON Schema describes. */
export interface SchemaInputs {
  fields: SchemaField[];
  /** What of it has no meaning here. */
  notes: string[];
}

/**
 * Reads the JSON Schema of a job's inputs: what W&B Launch takes (wandb/sdk/launch/inputs/schema.py,
 * META_SCHEMA), and beside it `required` lists, `default`, `multipleOf`, `format: secret` and what
 * pydantic writes. Words that are not known are noted, not refused.
 * @throws AppError `E_SCHEMA` naming the place and what is allowed there
 */
export function readSchema(schema: Json): SchemaInputs {
  if (!isRecord(schema)) throw badSchema([], 'it is no object', NEED_PROPERTIES);
  return new SchemaReader(schema).read();
}

const NEED_PROPERTIES = 'Write {"type": "object", "properties": {"lr": {"type": "number"}}}.';

interface Group {
  path: string[];
  place: Place;
  /** Whether the group itself has to be given. */
  required: boolean;
  /** Its default, which is that of its inputs. */
  given: JsonValues;
  trail: readonly string[];
}

class SchemaReader {
  readonly #root: JsonValues;
  readonly #resolver: Resolver;
  readonly #fields: SchemaField[] = [];
  readonly #unknown = new Map<string, string>();

  constructor(root: JsonValues) {
    this.#root = root;
    this.#resolver = new Resolver(root);
  }

  read(): SchemaInputs {
    const node = this.#resolver.node(this.#root, []);
    const { type = 'object', properties } = node.words;
    if (type !== 'object') throw badSchema(['type'], 'the whole is an object', NEED_PROPERTIES);
    if (properties === undefined) throw badSchema([], 'it has no properties', NEED_PROPERTIES);
    this.#group(node, {
      path: [],
      place: [],
      required: true,
      given: noValues(),
      trail: node.trail,
    });
    return { fields: this.#fields, notes: this.#notes() };
  }

  #group({ words }: Node, group: Group): void {
    const { properties } = words;
    const place = [...group.place, 'properties'];
    if (!isRecord(properties)) throw badSchema(place, 'it names inputs', NEED_PROPERTIES);
    const required = requiredOf(words['required'], [...group.place, 'required']);
    for (const [name, part] of Object.entries(properties)) {
      this.#property(name, part, { group, place, isListed: required.includes(name) });
    }
  }

  #property(
    name: string,
    part: Json,
    { group, place: outer, isListed }: { group: Group; place: Place; isListed: boolean },
  ): void {
    const place = [...outer, name];
    const path = [...group.path, name];
    if (name === '') throw badSchema(place, 'an input needs a name', 'Name it.');
    if (path.length > DEPTH) throw badSchema(place, 'it is nested too deeply', 'Use fewer groups.');
    const node = withGiven(this.#resolver.node(part, place, group.trail), group.given[name]);
    const required = node.words['required'] === true || (isListed && group.required);
    this.#noteUnknown(node.words, place);
    if (node.words['properties'] !== undefined) {
      const { default: value } = node.words;
      const given = isRecord(value) ? value : noValues();
      this.#group(node, { path, place, required, given, trail: node.trail });
    } else {
      this.#add(node, { path, place, required: required && !node.nullable });
    }
  }

  #add(node: Resolved, at: { path: string[]; place: Place; required: boolean }): void {
    const { items } = node.words;
    const held =
      items === undefined ? null : this.#resolver.node(items, [...at.place, 'items'], node.trail);
    this.#fields.push(schemaField(node, held, at));
    if (this.#fields.length > MOST_FIELDS) {
      throw badSchema([], `it has more than ${MOST_FIELDS} inputs`, 'Describe fewer.');
    }
  }

  #noteUnknown(words: JsonValues, place: Place): void {
    for (const word of Object.keys(words)) {
      if (!KNOWN_WORDS.has(word) && !this.#unknown.has(word)) {
        this.#unknown.set(word, place.filter((each) => each !== 'properties').join('.'));
      }
    }
  }

  #notes(): string[] {
    return [...this.#unknown]
      .slice(0, NOTED)
      .map(([word, name]) => `The schema says "${word}" of ${name}, which is not looked at.`);
  }
}

/** The default of a group, which pydantic writes beside those of its members, comes first. */
const withGiven = (node: Resolved, given: Json | undefined): Resolved =>
  given === undefined ? node : { ...node, words: { ...node.words, default: given } };

/** A list of names, as JSON Schema has it; a truth value belongs to the input itself, as W&B has it. */
function requiredOf(required: Json | undefined, place: Place): string[] {
  if (required === undefined || typeof required === 'boolean') return [];
  const isList = Array.isArray(required) && required.every((each) => typeof each === 'string');
  if (isList) return required;
  throw badSchema(place, 'a list of names, true or false belongs here', 'Write ["lr"].');
}
