import type { JsonSchema } from '../../../core/config/json-schema.ts';

interface Outcome {
  /** The first faults, by path. */
  readonly faults: readonly string[];
  /** The properties that some part of the schema has looked at. */
  readonly seen: ReadonlySet<string>;
}

const good: Outcome = { faults: [], seen: new Set() };

/** What of a value a schema refuses; knows the keywords that a config's schema has, and throws for others. */
export function schemaFaults(value: unknown, root: JsonSchema): readonly string[] {
  return new Fit(root).check(value, root, '').faults;
}

class Fit {
  readonly #root: JsonSchema;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  check(value: unknown, schema: JsonSchema, path: string): Outcome {
    const outcomes = Object.entries(schema).map(([keyword, rule]) => this.#keyword(keyword, rule, value, path));
    const seen = new Set(outcomes.flatMap((outcome) => [...outcome.seen]));
    const faults = outcomes.flatMap((outcome) => outcome.faults);
    if (schema['unevaluatedProperties'] === false && isObject(value)) {
      for (const key of Object.keys(value)) if (!seen.has(key)) faults.push(`${path}/${key}: is not known here`);
    }
    return { faults, seen };
  }

  #keyword(keyword: string, rule: unknown, value: unknown, path: string): Outcome {
    const fault = (holds: boolean): Outcome =>
      holds ? good : { faults: [`${path}: ${keyword} ${JSON.stringify(rule)}`], seen: new Set() };
    switch (keyword) {
      case '$schema':
      case '$defs':
      case 'title':
      case 'description':
      case 'deprecated':
      case 'unevaluatedProperties':
        return good;
      case '$ref':
        return this.check(value, this.#find(String(rule)), path);
      case 'type':
        return fault([rule].flat().includes(Array.isArray(value) ? 'array' : typeof value));
      case 'const':
        return fault(value === rule);
      case 'enum':
        return fault((rule as unknown[]).includes(value));
      case 'required':
        return fault(!isObject(value) || (rule as string[]).every((key) => key in value));
      case 'minItems':
        return fault(!Array.isArray(value) || value.length >= Number(rule));
      case 'maxItems':
        return fault(!Array.isArray(value) || value.length <= Number(rule));
      case 'not':
        return fault(this.check(value, rule as JsonSchema, path).faults.length > 0);
      case 'contains':
        return fault(
          !Array.isArray(value) || value.some((item) => this.check(item, rule as JsonSchema, path).faults.length === 0),
        );
      case 'items':
        return this.#all(Array.isArray(value) ? value.entries() : [], () => rule as JsonSchema, path, false);
      case 'properties': {
        const known = rule as Readonly<Record<string, JsonSchema>>;
        const own = isObject(value) ? Object.entries(value).filter(([key]) => key in known) : [];
        return this.#all(own, (key) => known[key]!, path, true);
      }
      case 'allOf': {
        const outcomes = (rule as JsonSchema[]).map((part) => this.check(value, part, path));
        return {
          faults: outcomes.flatMap(({ faults }) => faults),
          seen: new Set(outcomes.flatMap(({ seen }) => [...seen])),
        };
      }
      case 'anyOf': {
        const outcomes = (rule as JsonSchema[]).map((part) => this.check(value, part, path));
        const best = outcomes.toSorted((a, b) => a.faults.length - b.faults.length)[0]!;
        return { faults: best.faults, seen: best.seen };
      }
      default:
        throw new Error(`the keyword ${keyword} is not known to this test`);
    }
  }

  #all<Key extends string | number>(
    entries: Iterable<readonly [Key, unknown]>,
    schemaOf: (key: Key) => JsonSchema,
    path: string,
    areProperties: boolean,
  ): Outcome {
    const list = [...entries];
    return {
      faults: list.flatMap(([key, item]) => this.check(item, schemaOf(key), `${path}/${key}`).faults),
      seen: new Set(areProperties ? list.map(([key]) => String(key)) : []),
    };
  }

  #find(reference: string): JsonSchema {
    const name = decodeURIComponent(reference.replace('#/$defs/', ''));
    const found = (this.#root['$defs'] as Readonly<Record<string, JsonSchema>>)[name];
    if (found === undefined) throw new Error(`${reference} leads nowhere`);
    return found;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
