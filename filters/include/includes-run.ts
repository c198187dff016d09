import { type Brigade, EOS, FileBucket } from '../../core/filter/bucket.ts';
import type { BrigadeContext, BrigadeFilter } from '../../core/filter/filter.ts';
import { isThenable } from '../../core/thenable.ts';
import { elements } from './elements/elements.ts';
import type { Element } from './element-reader.ts';
import { ElementScanner } from './element-scanner.ts';
import { Page, pageKey } from './page.ts';
import { Variables } from './variables.ts';

/** One page on its way: text goes on as it is, and each element is replaced by what it makes. */
export class IncludesRun implements BrigadeFilter {
  /** What the head may still say is decided in `describePage`. */
  readonly changes = 'nothing';
  readonly #scanner: ElementScanner;
  #page: Page | undefined;

  constructor(startTag: string, endTag: string) {
    this.#scanner = new ElementScanner(startTag, endTag);
  }

  async brigade(brigade: Brigade, f: BrigadeContext): Promise<Brigade> {
    const page = (this.#page ??= this.#begin(f));
    const marks: Brigade = [];
    for (const bucket of brigade) {
      if (typeof bucket === 'symbol') {
        if (bucket === EOS) this.#finish(page);
        marks.push(bucket);
      } else if (bucket instanceof FileBucket) {
        for await (const chunk of bucket.chunks()) await this.#scan(page, chunk);
      } else await this.#scan(page, typeof bucket === 'string' ? Buffer.from(bucket) : asBuffer(bucket));
    }
    return [...page.take(), ...marks];
  }

  #begin({ r, next }: BrigadeContext): Page {
    const outer = r.main?.state.get(pageKey);
    const page = new Page(r, outer?.variables ?? new Variables(r, r.config.ssiTimeFormat), next);
    if (outer !== undefined && r.args !== undefined) page.variables.setQuery(r.args);
    r.state.set(pageKey, page);
    return page;
  }

  async #scan(page: Page, data: Buffer): Promise<void> {
    for (const part of this.#scanner.scan(data)) {
      if (part instanceof Uint8Array) page.write(part);
      else {
        const executed = execute(page, part);
        if (isThenable(executed)) await executed;
      }
      if (page.isFull) await page.send();
    }
  }

  #finish(page: Page): void {
    page.write(this.#scanner.finish());
    if (this.#scanner.isInside) page.fail('the last element of the page has no end');
    if (!page.isPrinting) page.r.log(`an endif is missing (in ${page.r.filename})`, 'warn', 'include');
  }
}

function execute(page: Page, { name, attributes, fault }: Element): void | Promise<void> {
  if (fault !== undefined) return page.fail(fault);
  const element = elements.get(name);
  if (element === undefined) return page.fail(`there is no element ${name}`);
  if (element.branch !== true) {
    if (attributes.length < element.least) return page.fail(`the element ${name} lacks attributes`);
    if (!page.isPrinting) return;
  }
  return element.action(page, attributes);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
