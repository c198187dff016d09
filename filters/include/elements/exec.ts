import { type ElementAction, settingsOf } from './element-action.ts';
import { runCommand } from './run-command.ts';

/** `exec cmd="…"`, for the shell. */
export const exec: ElementAction = async (page, attributes) => {
  if (!page.mayExecute) return page.fail('exec is not allowed here; Options Includes would allow it');
  for (const { name, value } of settingsOf(attributes)) {
    if (name === 'cgi') return page.fail('CGI programs are not run; use include virtual with a ContentHandler');
    if (name !== 'cmd') return page.fail(`the element exec has no attribute ${name}`);
    // Its variables are in the shell's environment: put into the text they would be commands, too.
    const fault = await runCommand(page, value);
    if (fault !== undefined) return page.fail(fault);
  }
};
