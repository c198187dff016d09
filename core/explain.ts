import type { Position } from './config/tree.ts';
import type { Scope } from './config/scope.ts';
import { type ConnectionPlan, connectionPlan } from './connection/connection-plan.ts';
import { namedSteps } from './content.ts';
import { callStep, verdictOfThrown } from './phase-walk.ts';
import { type PhaseName, phaseIndex, phases } from './phases.ts';
import type { Step } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import { readTarget } from './request-target.ts';
import { sectionName } from './section-name.ts';
import type { ServerRecord } from './server-record.ts';
import { DECLINED } from './verdict.ts';

export interface ExplainedSection extends Position {
  /** `<Location /private>`, `.htaccess` or `server config`. */
  readonly name: string;
}

export interface ExplainedStep {
  readonly plugin: string;
  readonly name: string;
  readonly place: 'configured' | 'plugin hook' | 'named handler';
}

/** What a request would meet. */
export interface Explanation {
  /** The main server or virtual host, and where it is configured. */
  readonly server: ExplainedSection;
  readonly uri: string;
  readonly filename: string | undefined;
  readonly pathInfo: string;
  readonly params: Readonly<Record<string, string | string[]>>;
  readonly contentType: string | undefined;
  readonly handler: string | undefined;
  /** The status with which the server would refuse already now, e.g. 400 for a bad target. */
  readonly refused: number | undefined;
  readonly sections: readonly ExplainedSection[];
  readonly phases: readonly {
    readonly name: PhaseName | 'connection';
    readonly rule: string;
    readonly steps: readonly ExplainedStep[];
  }[];
  /** From the handler to the network. */
  readonly outputFilters: readonly { readonly name: string; readonly type: string }[];
  /** From the handler to the network. */
  readonly inputFilters: readonly string[];
  /** Handlers that could change the picture, but aren't run here. */
  readonly notRun: readonly string[];
}

/**
 * Says which sections, handlers and filters a request would meet. Runs no handler: only hooks that plugins declare as pure,
 * such as the mapping of URIs to files and the table of types.
 */
export async function explainRequest(r: RequestRecord): Promise<Explanation> {
  const notRun: string[] = [];
  const connection = connectionPlan(r.connection.server);
  const refused = readTarget(r) ?? (await explore(r, notRun));
  for (const insert of r.plan.filterInserters) insert(r);
  return {
    server: toServer(r.server),
    uri: r.uri,
    filename: r.filename,
    pathInfo: r.pathInfo,
    params: r.params,
    contentType: r.contentType,
    handler: r.handler,
    refused,
    sections: r.plan.scopes.map(toSection),
    phases: [
      ...connectionPhase(connection),
      ...phases.map(({ name, rule }) => ({ name, rule, steps: stepsOf(r, name) })),
    ],
    outputFilters: [...r.output.filters, ...connection.outputFilters].map(({ name, type }) => ({ name, type })),
    inputFilters: [...r.inputFilters, ...connection.inputFilters].map(({ name }) => name),
    notRun,
  };
}

/** The way to the full config and the type, as the pipeline goes it. Gives the status of a fault, e.g. a bad `.htaccess`. */
async function explore(r: RequestRecord, notRun: string[]): Promise<number | undefined> {
  try {
    await r.server.walk.mergeLocations(r);
    await runPureSteps(r, 'translate', notRun);
    r.deferPathInfo();
    await r.server.walk.mergeAll(r);
    await runPureSteps(r, 'type', notRun);
    await runPureSteps(r, 'fixup', notRun);
    return undefined;
  } catch (error) {
    return verdictOfThrown(
      r,
      'mapToStorage',
      { plugin: 'core', name: 'engine', handler: () => DECLINED, configured: false, pure: true },
      error,
    );
  }
}

async function runPureSteps(r: RequestRecord, name: PhaseName, notRun: string[]): Promise<void> {
  r.phase = name;
  const { rule } = phases[phaseIndex[name]]!;
  for (const step of r.plan.steps[phaseIndex[name]]!) {
    if (!step.pure) notRun.push(`${name}: ${step.name} (${step.plugin})`);
    else if ((await callStep(r, name, step)) !== DECLINED && rule === 'first') return;
  }
}

/** Nothing where no handler is asked about the request's connection. */
function connectionPhase({ steps }: ConnectionPlan): Explanation['phases'] {
  if (steps.length === 0) return [];
  return [{ name: 'connection', rule: 'first', steps: steps.map(toExplained) }];
}

function toSection(scope: Scope): ExplainedSection {
  return { name: sectionName(scope), file: scope.file, line: scope.line };
}

function toServer({ hostname, definedAt: { file, line } }: ServerRecord): ExplainedSection {
  return { name: hostname, file, line };
}

/** In the order in which they are asked; see `content.ts` for the content phase. */
function stepsOf(r: RequestRecord, phase: PhaseName): ExplainedStep[] {
  const steps = r.plan.steps[phaseIndex[phase]]!;
  if (phase !== 'content') return steps.map(toExplained);
  const hooks = steps.filter((step) => !step.configured);
  const named = namedSteps(r).map(({ plugin, name }) => ({ plugin, name, place: 'named handler' as const }));
  return [...[...r.plan.stackedContent, ...hooks].map(toExplained), ...named];
}

function toExplained({ plugin, name, configured }: Pick<Step, 'plugin' | 'name' | 'configured'>): ExplainedStep {
  return { plugin, name, place: configured ? 'configured' : 'plugin hook' };
}
