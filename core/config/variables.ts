/**
 * Replaces each `${NAME}` by its definition or, failing that, by the process environment's. Names with a colon are left for
 * others (`${map:key}`); an unknown name stays as it is and is told to `unknown`.
 */
export function replaceVariables(
  text: string,
  definitions: ReadonlyMap<string, string>,
  unknown: (name: string) => void,
): string {
  if (!text.includes('${')) return text;
  return text.replace(reference, (whole, name: string) => {
    const value = definitions.get(name) ?? process.env[name];
    if (value === undefined) unknown(name);
    return value ?? whole;
  });
}

const reference = /\$\{([^{}:]+)\}/g;
