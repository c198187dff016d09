import { whenReady } from '../../../core/expression/evaluated.ts';
import type { Attribute } from '../element-reader.ts';
import { evaluateExpression } from '../evaluate-expression.ts';
import type { Page } from '../page.ts';
import type { ElementAction } from './element-action.ts';

/** `if expr="…"` */
export const ifElement: ElementAction = (page, attributes) => {
  if (!page.isPrinting) {
    page.skippedIfs++;
    return;
  }
  return decide(page, 'if', attributes);
};

/** `elif expr="…"` */
export const elif: ElementAction = (page, attributes) => {
  if (page.skippedIfs > 0) return;
  if (page.hasBranch && attributes.length === 1) {
    page.isPrinting = false;
    return;
  }
  return decide(page, 'elif', attributes);
};

/** `else` */
export const elseElement: ElementAction = (page, attributes) => {
  if (page.skippedIfs > 0) return;
  if (attributes.length > 0) return page.fail('the element else takes no attributes');
  page.isPrinting = !page.hasBranch;
  page.hasBranch = true;
};

/** `endif` */
export const endif: ElementAction = (page, attributes) => {
  if (page.skippedIfs > 0) {
    page.skippedIfs--;
    return;
  }
  if (attributes.length > 0) return page.failAlways('the element endif takes no attributes');
  page.isPrinting = true;
  page.hasBranch = true;
};

function decide(page: Page, element: string, attributes: readonly Attribute[]): void | Promise<void> {
  const [{ name, value } = { name: '', value: undefined }] = attributes;
  if (attributes.length !== 1 || name !== 'expr' || value === undefined) {
    return failBranch(page, `the element ${element} takes one attribute, expr="…"`);
  }
  return whenReady(evaluateExpression(page, value), (holds) => {
    if (typeof holds === 'string') return failBranch(page, holds);
    page.isPrinting = holds;
    page.hasBranch = holds;
  });
}

/** Of an `if` that can't be decided no branch is shown. */
function failBranch(page: Page, fault: string): void {
  page.failAlways(fault);
  page.isPrinting = false;
  page.hasBranch = true;
}
