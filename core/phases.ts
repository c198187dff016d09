/**
 * The phases of a request, in the order in which every request travels them. The engine (`pipeline.ts`) is a loop over
 * this list.
 *
 * Rules, by what a handler's verdict does to the walk through its phase:
 * - `all`: everybody is asked; OK and DECLINED go on, anything else ends the request.
 * - `first`: DECLINED goes on, anything else is the phase's answer.
 * - `agree`: every voter is asked; one refusal refuses, and at least one must say OK.
 * - `content`: the handlers that the config stacks are all asked while they say OK or DECLINED; then plugins, the handler
 *   that `r.handler` names and the default handler, until one doesn't decline.
 * - `failsafe`: everybody is called, whatever happened before; verdicts don't count, errors are only logged.
 *
 * `runs` says for which requests: main requests, subrequests being looked up, targets of an internal redirect.
 */
export const phases = [
  /** The head has been read. No filename, only server-level config. Stamp, count, refuse early. */
  { name: 'postReadRequest', rule: 'all', runs: { main: true, subrequest: false, redirect: true } },
  /** The path is normalised and decoded. URI → filename, another URI, or a redirect. Nobody: no file. */
  { name: 'translate', rule: 'first', runs: { main: true, subrequest: true, redirect: true } },
  /** Directory, .htaccess and Files sections are merged; DONE answers without the file system (TRACE). */
  { name: 'mapToStorage', rule: 'first', runs: { main: true, subrequest: true, redirect: true } },
  /** The full config is known from here on. */
  { name: 'headerParser', rule: 'all', runs: { main: true, subrequest: false, redirect: true } },
  /** By address, method, environment; a status refuses. Sets `r.authenticationRequired` where a user is needed. */
  { name: 'access', rule: 'all', runs: { main: true, subrequest: true, redirect: true } },
  /** Who is it? OK must have set `r.user`. Nobody: 500. Only where a user is needed. */
  { name: 'authenticate', rule: 'first', runs: { main: true, subrequest: true, redirect: true } },
  /** May they? Nobody said OK: 500. Only where there are voters. */
  { name: 'authorize', rule: 'agree', runs: { main: true, subrequest: true, redirect: true } },
  /** Content type, charset, language, encoding, handler name. */
  { name: 'type', rule: 'first', runs: { main: true, subrequest: true, redirect: true } },
  /** Last changes before content. */
  { name: 'fixup', rule: 'all', runs: { main: true, subrequest: true, redirect: true } },
  /** The body. Nobody: 404. */
  { name: 'content', rule: 'content', runs: { main: true, subrequest: true, redirect: true } },
  /** Once per HTTP request, with the first request's record; redirects hang on `r.next`. */
  { name: 'log', rule: 'failsafe', runs: { main: true, subrequest: false, redirect: false } },
  /** Once per record, after logging; last registered runs first. */
  { name: 'cleanup', rule: 'failsafe', runs: { main: true, subrequest: true, redirect: true } },
] as const;

/** The name of a phase, e.g. `fixup`. */
export type PhaseName = (typeof phases)[number]['name'];
/** How a phase goes from one handler to the next; see `phases`. */
export type PhaseRule = (typeof phases)[number]['rule'];

/** A phase's place in the list: what plans and walks index by. */
export const phaseIndex = Object.fromEntries(phases.map((phase, index) => [phase.name, index])) as Readonly<
  Record<PhaseName, number>
>;

/** `authenticate` → `AuthenticateHandler`: the directive that stacks handlers on a phase. */
export function handlerDirective(phase: PhaseName | 'init' | 'connection'): string {
  return `${phase.charAt(0).toUpperCase()}${phase.slice(1)}Handler`;
}
