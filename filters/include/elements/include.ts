import { type Subrequest, runInto } from '../../../core/subrequest.ts';
import { decodeEntities } from '../decode-entities.ts';
import type { Page } from '../page.ts';
import { type ElementAction, settingsOf } from './element-action.ts';
import { findTarget } from './find-target.ts';

/** `include file="…"`, `include virtual="…" onerror="…"`, as many of them as there are. */
export const include: ElementAction = async (page, attributes) => {
  let fault: string | undefined;
  for (const { name, value } of settingsOf(attributes)) {
    if (name !== 'file' && name !== 'virtual' && name !== 'onerror') {
      return page.fail(`the element include has no attribute ${name}`);
    }
    // Only what comes right behind a failure is asked in its place.
    if ((name === 'onerror') !== (fault !== undefined)) continue;
    fault = await includeOne(page, name === 'file' ? name : 'virtual', page.expand(decodeEntities(value)));
    if (fault !== undefined) page.r.log(`${fault} (in ${page.r.filename})`, 'error', 'include');
  }
  if (fault !== undefined) page.write(page.errorMessage);
};

/** What stands before the element leaves before the body of the included one is made. */
async function includeOne(page: Page, kind: string, name: string): Promise<string | undefined> {
  const found = await findTarget(page, kind, name);
  if (typeof found === 'string') return found;
  const refusal = refusalOf(page, found);
  if (refusal !== undefined) return `"${name}" can't be included: ${refusal}`;
  await page.send();
  const status = await runInto(found, page.target);
  return status >= 400 ? `"${name}" can't be included: its status is ${status}` : undefined;
}

function refusalOf(page: Page, { r, status }: Subrequest): string | undefined {
  if (status !== 200) return `its status is ${status}`;
  if (!page.mayExecute && r.contentType !== undefined && !r.contentType.startsWith('text/')) {
    return 'under IncludesNOEXEC only text may be included';
  }
  return undefined;
}
