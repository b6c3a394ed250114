import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Json } from '../../../shared/domain/json.ts';

/** Text that no reader of any version takes for more than text. */
const PLAIN = /^[A-Za-z_/.~][\w./~@%+-]*(?: [\w./~@%+()-]+)*$/;
/** What some version of YAML reads as a value of another type. */
const NO_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|~|\.(?:nan|inf)|\.[\d_].*)$/i;

/** Whether a number is written as a float: `1.0`, `1e-3`. */
export const floatLike = (text: string): boolean =>
  /^[-+]?(?:\d+\.\d*|\.\d+|\d+e[-+]?\d+)/i.test(text);

/** A new value, written so that readers of YAML 1.1 (as PyYAML is) and of 1.2 agree on its type. */
export function yamlNode(value: Json, isFloat = false): Scalar | YAMLSeq | YAMLMap {
  if (typeof value === 'string') return textNode(value);
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items = value.map((each) => yamlNode(each));
    list.flow = value.every((each) => typeof each !== 'object');
    return list;
  }
  if (typeof value === 'object' && value !== null) {
    const map = new YAMLMap();
    map.items = Object.keys(value).map(
      (key) => new Pair(textNode(key), yamlNode(value[key] ?? null)),
    );
    return map;
  }
  return plainNode(typeof value === 'number' ? numberText(value, isFloat) : String(value));
}

function textNode(value: string): Scalar {
  const node = new Scalar(value);
  node.type = PLAIN.test(value) && !NO_TEXT.test(value) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  return node;
}

function plainNode(value: string): Scalar {
  const node = new Scalar(value);
  node.type = Scalar.PLAIN;
  return node;
}

/** PyYAML takes `1e-7` for text: it wants a point, and a sign of the exponent. */
export function numberText(value: number, isFloat: boolean): string {
  const written = String(value);
  const [mantissa = '', exponent] = written.split('e');
  if (exponent === undefined) return isFloat && Number.isInteger(value) ? `${written}.0` : written;
  const sign = /^[-+]/.test(exponent) ? '' : '+';
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${sign}${exponent}`;
}
