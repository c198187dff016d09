import { Agent, request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createApp } from '../../index.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

const connections = 8;
const reloads = 6;

/** Asks for `/` until `isDone`, but some times at least; gives the number of good answers and what went wrong. */
async function ask(port: number, agent: Agent | undefined, isDone: () => boolean): Promise<[number, unknown[]]> {
  let good = 0;
  const faults: unknown[] = [];
  while (!isDone() || good + faults.length < reloads) {
    await new Promise<void>((resolve) => {
      const sent = request({ port, host: '127.0.0.1', agent: agent ?? false, path: '/' }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => {
          if (response.statusCode === 200 && body === 'hello') good++;
          else faults.push(`${response.statusCode} ${body}`);
          resolve();
        });
        response.on('error', (error) => resolve(void faults.push(error)));
      });
      sent.on('error', (error) => resolve(void faults.push(error)));
      sent.end();
    });
  }
  return [good, faults];
}

describe('reloads under load', () => {
  it.each([
    ['kept connections', true],
    ['a connection for each request', false],
  ])('lose no request: %s', async (_, kept) => {
    const app = createApp({ listen: '127.0.0.1:0', sections: [{ location: '/', contentHandler: () => 'hello' }] });
    endings.push(() => app.stop());
    const [url] = await app.start();
    const port = Number(new URL(url!).port);
    const agent = kept ? new Agent({ keepAlive: true, maxSockets: connections }) : undefined;
    endings.push(() => agent?.destroy());

    let isDone = false;
    const asked = Promise.all(Array.from({ length: connections }, () => ask(port, agent, () => isDone)));
    for (let count = 0; count < reloads; count++) {
      await app.reload();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    isDone = true;
    const answers = await asked;
    expect(answers.flatMap(([, faults]) => faults)).toEqual([]);
    expect(answers.reduce((sum, [good]) => sum + good, 0)).toBeGreaterThanOrEqual(reloads * connections);
  });
});
