import type { LogLevel } from '../../core/log/log-level.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { ErrorStatus } from '../../core/verdict.ts';
import type { RewriteOption, RuleSet } from './rewrite-config.ts';

/** One walk of a request through a list of rules: what they see, and what they have made of it. */
export class RuleRun {
  readonly r: RequestRecord;
  /** The folder of the rules with a slash at its end; undefined for those of the server. */
  readonly prefix: string | undefined;
  /** RewriteBase, for rules of a folder. */
  readonly base: string | undefined;
  readonly options: ReadonlySet<RewriteOption>;
  /** The query as it came in. */
  readonly query: string | undefined;
  /** What the rules have made of the URL path, or of the file's. */
  path: string;
  /** What the pattern of the running rule is tried on. */
  subject = '';
  /** The same in lower case. */
  foldedSubject = '';
  ruleGroups: readonly (string | undefined)[] | undefined = undefined;
  conditionGroups: readonly (string | undefined)[] | undefined = undefined;
  /** A substitution has taken place. */
  isChanged = false;
  /** The last substitution wants its result as it is: the flag NE. */
  isVerbatim = false;
  /** The status of a redirect that is asked for. */
  redirect: ErrorStatus | undefined = undefined;
  /** Scheme and host of this server, where they were put before the path for a redirect. */
  ownOrigin: string | undefined = undefined;
  /** The status that ends the request. */
  answer: number | undefined = undefined;
  /** The flag PT: the result is the URL that others map. */
  isPassedThrough = false;
  /** Whether the result may be the path of any file, of one below the document root, or only a URL path. */
  filesAllowed: 'all' | 'own' | 'none' = 'all';
  /** Where the first and the last question mark of the substitution came from: the rule itself, or what it stands for. */
  firstQuestionMark: 'own' | 'foreign' | undefined = undefined;
  lastQuestionMark: 'own' | 'foreign' | undefined = undefined;
  /** How often the flag N has started anew. */
  rounds = 1;
  /** Somebody reads the trace. */
  readonly isTraced: boolean;
  /** Headers that have decided about the running rule. */
  readonly keptHeaders: string[] = [];
  #takenPath: string | undefined = undefined;
  #takenPathInfo = '';
  /** Headers that the condition at hand has read. */
  #headersRead: string[] = [];

  constructor(r: RequestRecord, path: string, { prefix, base, options }: Pick<RuleSet, 'prefix' | 'base' | 'options'>) {
    this.r = r;
    this.path = path;
    this.prefix = prefix;
    this.base = base;
    this.options = options ?? noOptions;
    this.query = r.args;
    this.isTraced = r.server.log.enabled('trace1', 'rewrite', r);
  }

  /** The subject as a URL path, for look-aheads. */
  get urlPath(): string {
    if (this.prefix === undefined || this.subject.startsWith('/')) return this.subject;
    return (this.base ?? this.prefix) + this.subject;
  }

  /** The value of a request header, remembered for Vary. */
  readHeader(r: RequestRecord, name: string): string {
    const value = r.headersIn.get(name);
    // RFC 9110 §12.5.5: an answer needn't vary on Host, which is part of the target URI.
    if (value !== undefined && name.toLowerCase() !== 'host') this.#headersRead.push(name);
    return value ?? '';
  }

  /** The headers read so far don't count, for what they decided doesn't. */
  forgetHeaders(): void {
    this.#headersRead = [];
  }

  keepHeaders(): void {
    this.keptHeaders.push(...this.#headersRead);
    this.#headersRead = [];
  }

  /** Rules of a folder see the path below it, with what follows the file; others see the URL path. */
  takeSubject(): void {
    const { path, prefix } = this;
    const pathInfo = prefix === undefined ? '' : this.r.pathInfo;
    if (path === this.#takenPath && pathInfo === this.#takenPathInfo) return;
    this.#takenPath = path;
    this.#takenPathInfo = pathInfo;
    const whole = path + pathInfo;
    this.subject = prefix !== undefined && whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
    this.foldedSubject = this.subject.toLowerCase();
  }

  forgetQuestionMarks(): void {
    this.firstQuestionMark = undefined;
    this.lastQuestionMark = undefined;
  }

  noteQuestionMark(isOwn: boolean): void {
    this.lastQuestionMark = isOwn ? 'own' : 'foreign';
    this.firstQuestionMark ??= this.lastQuestionMark;
  }

  /** Writes to the error log, where LogLevel asks for the trace of rewriting. */
  trace(level: LogLevel, message: string): void {
    if (this.isTraced)
      this.r.log(this.prefix === undefined ? message : `[${this.prefix}] ${message}`, level, 'rewrite');
  }
}

const noOptions: ReadonlySet<RewriteOption> = new Set();
