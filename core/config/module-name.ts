/** Is it spelt as Apache spells a module, `mime_module` or `mod_mime.c`, and not the name of a plugin? */
export function isModuleName(name: string): boolean {
  return /^mod_|_module$|\.c$/i.test(name);
}

/** `mod_mime.c`, `mime_module` and `mime` are the same module. */
export function plainModuleName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.c$/, '')
    .replace(/^mod_|_module$/g, '');
}
