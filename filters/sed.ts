import type { Config, DirectiveDeclaration } from '../core/config/directive.ts';
import type { BrigadeFilter } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import { parseScript } from './sed/parse-script.ts';
import { SedRun } from './sed/sed-run.ts';
import { SedScript } from './sed/sed-script.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A command of the script that the filter Sed runs on request bodies; several lines are one script. */
    inputSed: Directive<string | readonly string[], SedScript | undefined>;
    /** A command of the script that the filter Sed runs on responses; several lines are one script. */
    outputSed: Directive<string | readonly string[], SedScript | undefined>;
  }
}

/** Edits bodies line by line with commands of sed. */
export const sed = definePlugin({
  name: 'sed',
  aliases: ['mod_sed', 'sed_module'],
  directives: {
    InputSed: scriptDirective('What the filter Sed does with the lines of request bodies'),
    OutputSed: scriptDirective('What the filter Sed does with the lines of responses'),
  },
  inputFilters: { Sed: sedFilter(({ inputSed }) => inputSed) },
  outputFilters: { Sed: sedFilter(({ outputSed }) => outputSed) },
});

function sedFilter(scriptOf: (config: Config) => SedScript | undefined): BrigadeFilter {
  return {
    brigade(brigade, f) {
      f.remove();
      const script = scriptOf(f.r.config);
      if (script !== undefined) f.insertNext(new SedRun(script.program));
      return brigade;
    },
  };
}

function scriptDirective(help: string): DirectiveDeclaration<SedScript | undefined> {
  return {
    takes: 'one',
    usage: 'sed-command',
    help: `${help}: a command of sed; several such lines of a section are one script.`,
    contexts: ['directory'],
    parse([script = ''], site) {
      try {
        return new SedScript([{ script: parseScript(script), at: site }]);
      } catch (error) {
        return site.fail(`${site.name} "${script}": ${(error as Error).message}`);
      }
    },
    combine: (earlier, later) => new SedScript([...earlier!.parts, ...later!.parts]),
  };
}
