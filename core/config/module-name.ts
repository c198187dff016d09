/** `mod_mime.c`, `mime_module` and `mime` are the same module. */
export function plainModuleName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.c$/, '')
    .replace(/^mod_|_module$/g, '');
}
