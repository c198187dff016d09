import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { ConnectionHandler } from '../../index.ts';
import { runConnection, testApp, testConnection } from '../../testing/index.ts';

const folder = fileURLToPath(new URL('../../examples/finger', import.meta.url));
const { connectionHandler } = (await import(`${folder}/finger.ts`)) as { connectionHandler: ConnectionHandler };

describe('The example of a finger server', () => {
  it.each([
    ['ada\r\n', 'Notes on the engine; the seventh will be long.\r\n'],
    ['nobody\r\n', 'nobody: no such user\r\n'],
    ['\r\n', 'ada\r\ngrace\r\n'],
    ['x'.repeat(600), `${'x'.repeat(512)}: no such user\r\n`],
  ])('answers %j', async (line, answer) => {
    expect((await runConnection(connectionHandler, [line])).text).toBe(answer);
  });

  it('closes the connection behind its answer', async () => {
    const server = await testConnection({ connectionHandler: `${folder}/finger.ts` });
    expect((await server.connect().send('grace\r\n').closed).toString()).toBe('Looking for a moth.\r\n');
    await server.stop();
  });

  it('has a config that is right', async () => {
    expect(await testApp(`${folder}/httpd.conf`)).toBeDefined();
  });
});
