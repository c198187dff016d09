import { messageOf } from '../thrown.ts';
import { httpError } from '../verdict.ts';

/**
 * A request's JSON. Keys named `__proto__` are left out: they would poison the prototype of whatever the value is
 * merged into. Throws a 400 that says why.
 */
export function parseJson(text: string): unknown {
  if (text === '') throw httpError(400, 'expected JSON, but the request body is empty');
  try {
    return mayNameProto(text) ? JSON.parse(text, withoutProto) : JSON.parse(text);
  } catch (error) {
    throw httpError(400, `expected JSON in the request body: ${messageOf(error)}`);
  }
}

/** The key itself, or its letters spelt as escapes; a reviver costs several times the parsing. */
function mayNameProto(text: string): boolean {
  return text.includes('__proto__') || (text.includes('\\u00') && escapedLetter.test(text));
}

const escapedLetter = /\\u00(?:5f|6f|7[0-4])/i;

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
