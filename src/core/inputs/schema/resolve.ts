import type { Json, JsonValues } from '../../../shared/domain/json.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { badSchema, type Place } from './fault.ts';

/** Parts of a schema that are looked at: references may stand for one part very often. */
const MOST = 20_000;
const NULL = 'null';

/** A part of a schema with what it refers to in it. */
export interface Node {
  words: JsonValues;
  /** Null is a value too: `anyOf` with, or a list of types that has, `null`. */
  nullable: boolean;
  /** It may be of several types, of which none is chosen. */
  isMixed: boolean;
}

/** With the references that led to it, so that none is followed in a circle. */
export interface Resolved extends Node {
  trail: readonly string[];
}

/**
 * Looks parts of a schema up: local references (`#/$defs/Model`), `allOf` with one entry and `anyOf` of
 * one thing or null, as pydantic writes them. What stands beside a reference wins over what it refers to.
 */
export class Resolver {
  readonly #root: JsonValues;
  #seen = 0;

  constructor(root: JsonValues) {
    this.#root = root;
  }

  /** @throws AppError `E_SCHEMA` */
  node(part: Json | undefined, place: Place, trail: readonly string[] = []): Resolved {
    this.#seen += 1;
    if (this.#seen > MOST)
      throw badSchema([], 'it comes to too many parts', 'Use fewer references.');
    if (!isRecord(part)) throw badSchema(place, 'an object belongs here', 'Write {"type": ...}.');
    const { $ref, allOf, anyOf, oneOf, ...words } = part;
    const own: Resolved = { ...typed(words, place), trail };
    if ($ref !== undefined) return over(own, this.#referred($ref, [...place, '$ref'], trail));
    if (allOf !== undefined) return over(own, this.#only(allOf, [...place, 'allOf'], trail));
    const either = anyOf ?? oneOf;
    if (either === undefined) return own;
    return this.#either(either, own, [...place, anyOf === undefined ? 'oneOf' : 'anyOf'], trail);
  }

  #referred(reference: Json, place: Place, trail: readonly string[]) {
    if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference)) {
      throw badSchema(
        place,
        'only parts of the schema itself can be referred to',
        'Write "#/$defs/Name".',
      );
    }
    if (trail.includes(reference)) {
      throw badSchema(
        place,
        `${reference} refers to itself`,
        'Write such a part as {"type": "object"}.',
      );
    }
    const target = this.#at(reference);
    if (target === undefined) {
      throw badSchema(place, `there is nothing at ${reference}`, 'Name a part that is there.');
    }
    return this.node(target, place, [...trail, reference]);
  }

  #at(reference: string): Json | undefined {
    let part: Json | undefined = this.#root;
    for (const word of reference.split('/').slice(1)) {
      const name = word.replaceAll('~1', '/').replaceAll('~0', '~');
      part = isRecord(part) && Object.hasOwn(part, name) ? part[name] : undefined;
    }
    return part;
  }

  #only(list: Json, place: Place, trail: readonly string[]) {
    if (Array.isArray(list) && list.length === 1) return this.node(list[0], [...place, '0'], trail);
    throw badSchema(place, 'it has one entry', 'Put what it says into one object.');
  }

  /** One thing or null is that thing; of others no single input can be made. */
  #either(list: Json, own: Resolved, place: Place, trail: readonly string[]) {
    if (!Array.isArray(list) || list.length === 0) {
      throw badSchema(place, 'a list belongs here', 'List what it may be.');
    }
    const nodes = list.map((each, at) => this.node(each, [...place, String(at)], trail));
    const others = nodes.filter(({ words }) => words['type'] !== NULL);
    const nullable = own.nullable || others.length < nodes.length;
    const [only] = others;
    if (only && others.length === 1) return { ...over(own, only), nullable };
    return { ...own, nullable, isMixed: others.length > 0 };
  }
}

/** `"type": ["number", "null"]`. */
function typed(words: JsonValues, place: Place): Node {
  const { type } = words;
  if (!Array.isArray(type)) return { words, nullable: false, isMixed: false };
  const types = type.filter((each) => each !== NULL);
  const [only] = types;
  if (types.length === 0) throw badSchema([...place, 'type'], 'it names no type', 'Name one type.');
  const { type: _, ...rest } = words;
  const nullable = types.length < type.length;
  if (types.length > 1) return { words: rest, nullable, isMixed: true };
  return { words: { ...rest, type: only! }, nullable, isMixed: false };
}

const over = <T extends Node>(outer: Node, inner: T): T => ({
  ...inner,
  words: { ...inner.words, ...outer.words },
  nullable: inner.nullable || outer.nullable,
});
