import type { Brigade } from '../../core/filter/bucket.ts';
import type { BrigadeFilter, FilterContext, NamedFilter } from '../../core/filter/filter.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { Variables } from '../include/variables.ts';
import { onlyEnd } from '../only-end.ts';
import type { Definition } from './definition.ts';
import { ProgramRun } from './program-run.ts';
import { type ProgramStream, startProgram } from './program-stream.ts';

/** The filter that an ExtFilterDefine line declares. */
export interface ExternalFilter extends NamedFilter {
  readonly mode: Definition['mode'];
}

export function externalFilter(definition: Definition): ExternalFilter {
  const { name, mode, type } = definition;
  const changes = definition.preservesContentLength ? 'sameLength' : 'anything';
  const filter: BrigadeFilter = {
    type,
    changes,
    async brigade(brigade, f) {
      f.remove();
      if (!isMeant(definition, f.r)) return brigade;
      if (mode === 'output' && f.r.headerOnly)
        f.insertNext({ changes, brigade: changes === 'sameLength' ? asItIs : onlyEnd });
      else {
        const program = await start(definition, f);
        if (program === undefined) return brigade;
        f.insertNext(new ProgramRun(program, changes));
      }
      describeResult(definition, f.r);
      return brigade;
    },
  };
  return { name, mode, type, filter };
}

function isMeant({ mode, inType, enableEnv, disableEnv }: Definition, r: RequestRecord): boolean {
  const type = mode === 'input' ? r.headersIn.get('Content-Type') : r.contentType;
  if (inType !== undefined && type?.split(';', 1)[0]!.trim().toLowerCase() !== inType) return false;
  const isSet = (name: string): boolean => r.hasEnv && r.env.has(name);
  return (enableEnv === undefined || isSet(enableEnv)) && (disableEnv === undefined || !isSet(disableEnv));
}

/** Undefined where the program can't be started, and the body is to go on without it. */
async function start({ name, program, args }: Definition, { r }: FilterContext): Promise<ProgramStream | undefined> {
  const { logStderr, onFail } = r.config.extFilterOptions;
  try {
    const stream = await startProgram(program, args, {
      env: Object.fromEntries(new Variables(r, r.config.ssiTimeFormat).entries()),
      onStderr: logStderr === true ? (text) => r.log(`${name}: ${text}`, 'error', 'ext_filter') : undefined,
      onFailure: (status) => r.log(`${name}: ${program} ended with the status ${status}`, 'error', 'ext_filter'),
    });
    r.signal.addEventListener('abort', () => stream.destroy());
    if (r.signal.aborted) stream.destroy();
    r.registerCleanup(() => stream.destroy());
    return stream;
  } catch (error) {
    const message = `the filter ${name} can't start ${program}: ${(error as Error).message}`;
    if (onFail !== 'remove') throw new Error(message, { cause: error });
    r.log(message, 'error', 'ext_filter');
    return undefined;
  }
}

function describeResult({ mode, outType }: Definition, r: RequestRecord): void {
  if (outType === undefined) return;
  if (mode === 'input') r.headersIn.set('Content-Type', outType);
  else {
    r.contentType = outType;
    r.charset = undefined;
  }
}

/** The answer to a HEAD needs no program, and no bytes but to be measured. */
function asItIs(brigade: Brigade): Brigade {
  return brigade;
}
