import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { Application } from '../../core/host/application.ts';
import { createApp } from '../../index.ts';

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

let app: Application;
let port = 0;

beforeAll(async () => {
  app = createApp(fileURLToPath(new URL('../../examples/chat/httpd.conf', import.meta.url)));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as { port: number });
});

afterAll(() => app.stop());

interface ChatEvent {
  readonly kind: string;
  readonly name?: string;
  readonly names?: readonly string[];
  readonly line?: { readonly name: string; readonly text: string };
}

/** Somebody in the room, with what they have been told. */
class Guest {
  readonly socket: WebSocket;
  readonly events: ChatEvent[] = [];

  constructor(name: string) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/room?name=${encodeURIComponent(name)}`);
    this.socket.on('message', (data) => this.events.push(JSON.parse((data as Buffer).toString()) as ChatEvent));
  }

  async until(test: (event: ChatEvent) => boolean): Promise<ChatEvent> {
    for (;;) {
      const found = this.events.find(test);
      if (found !== undefined) return found;
      await once(this.socket, 'message');
    }
  }

  async leave(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}

describe('The chat example', () => {
  it('tells everybody what somebody says, and who is there', async () => {
    const [ada, grace] = [new Guest('Ada'), new Guest('Grace')];
    await Promise.all([ada, grace].map((guest) => guest.until(({ names }) => names?.length === 2)));
    ada.socket.send('  Hello <everybody>!  ');
    const { line } = await grace.until(({ kind }) => kind === 'line');
    expect(line).toMatchObject({ name: 'Ada', text: 'Hello <everybody>!' });
    await ada.leave();
    await grace.until(({ names }) => names?.join() === 'Grace');
    await grace.leave();
  });

  it('gives nobody the name of somebody else, and shows newcomers the last lines', async () => {
    const first = new Guest('Ada');
    await first.until(({ kind }) => kind === 'people');
    const second = new Guest('Ada');
    expect(await second.until(({ kind }) => kind === 'welcome')).toMatchObject({
      name: 'Ada 2',
      lines: [{ text: 'Hello <everybody>!' }],
    });
    await Promise.all([first.leave(), second.leave()]);
  });

  it('answers a page of another site with 403, and one without WebSocket with 426', async () => {
    expect((await fetch(`http://127.0.0.1:${port}/room`)).status).toBe(426);
    const stranger = new WebSocket(`ws://127.0.0.1:${port}/room`, { origin: 'http://evil.example' });
    const [error] = (await once(stranger, 'error')) as [Error];
    expect(error.message).toContain('403');
  });
});

const inBrowser = chromium === undefined ? describe.skip : describe;

inBrowser(`The chat page in a browser${chromium === undefined ? ': there is no Chromium' : ''}`, () => {
  let browser: Browser;

  beforeAll(async () => (browser = await Browser.open(chromium!)));
  afterAll(() => browser.close());

  it('joins, says something, and shows what others say', async () => {
    const grace = new Guest('Grace');
    await grace.until(({ kind }) => kind === 'people');
    await browser.goTo(`http://127.0.0.1:${port}/`);
    await browser.run(
      `document.getElementById('name').value = 'Joan'; document.querySelector('#join button').click();`,
    );
    await browser.until(`document.getElementById('people').textContent === 'Here: Grace, Joan'`);
    await browser.run(
      `document.getElementById('text').value = 'Hello <b>Grace</b>'; document.querySelector('#say button').click();`,
    );
    const { line } = await grace.until(({ line: said }) => said?.name === 'Joan');
    expect(line!.text).toBe('Hello <b>Grace</b>');
    grace.socket.send('Hello Joan');
    await browser.until(`document.querySelector('#lines li:last-child p').textContent === 'Hello Joan'`);
    expect(await browser.run(`document.querySelector('#lines li.own p').textContent`)).toBe('Hello <b>Grace</b>');
    expect(await browser.run(`document.activeElement.id`)).toBe('text');
    await grace.leave();
    await browser.until(`document.getElementById('people').textContent === 'Here: Joan'`);
  });
});

/** One page of a headless Chromium, driven by its debugging protocol. */
class Browser {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #page: WebSocket;
  #calls = 0;

  private constructor(process: ChildProcess, profile: string, page: WebSocket) {
    this.#process = process;
    this.#profile = profile;
    this.#page = page;
  }

  static async open(program: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'sluice-chromium-'));
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
    ];
    const browser = spawn(program, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    const address = await new Promise<string>((resolve, reject) => {
      browser.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /ws:\/\/(?<address>[^/]+)/.exec(said)?.groups?.['address'];
        if (found !== undefined) resolve(found);
      });
      browser.once('exit', () => reject(new Error(`Chromium ended: ${said}`)));
    });
    const pages = (await (await fetch(`http://${address}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    const page = new WebSocket(pages.find(({ type }) => type === 'page')!.webSocketDebuggerUrl);
    await once(page, 'open');
    return new Browser(browser, profile, page);
  }

  async goTo(url: string): Promise<void> {
    await this.#call('Page.navigate', { url });
    await this.until(`document.readyState === 'complete' && location.href === ${JSON.stringify(url)}`);
  }

  /** The value of an expression in the page. */
  async run(expression: string): Promise<unknown> {
    const answer = (await this.#call('Runtime.evaluate', { expression, returnByValue: true })) as {
      readonly result: { readonly value?: unknown };
      readonly exceptionDetails?: { readonly exception: { readonly description: string } };
    };
    if (answer.exceptionDetails !== undefined) throw new Error(answer.exceptionDetails.exception.description);
    return answer.result.value;
  }

  async until(condition: string): Promise<void> {
    while ((await this.run(condition).catch(() => false)) !== true) await new Promise((later) => setTimeout(later, 20));
  }

  async close(): Promise<void> {
    this.#page.terminate();
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
    rmSync(this.#profile, { recursive: true, force: true });
  }

  #call(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#calls;
    this.#page.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => {
      const hear = (data: unknown): void => {
        const answer = JSON.parse((data as Buffer).toString()) as { readonly id?: number; readonly result?: unknown };
        if (answer.id !== id) return;
        this.#page.off('message', hear);
        resolve(answer.result);
      };
      this.#page.on('message', hear);
    });
  }
}
