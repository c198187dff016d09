import type { Scope } from './config/scope.ts';

/** `<Location /private>`, `.htaccess` or `server config`. */
export function sectionName({ kind, args, file }: Scope): string {
  if (kind !== 'server') return `<${[kind, ...args].join(' ')}>`;
  return /\.htaccess$/.test(file) ? '.htaccess' : 'server config';
}
