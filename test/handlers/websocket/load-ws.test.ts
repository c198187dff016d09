import { expect, it, jest } from '@jest/globals';

const missing = Object.assign(new Error("Cannot find module 'ws'"), { code: 'MODULE_NOT_FOUND' });

jest.unstable_mockModule('node:module', () => ({
  createRequire: () => () => {
    throw missing;
  },
}));

it('says how to install what is missing', async () => {
  const { loadWs } = await import('../../../handlers/websocket/load-ws.ts');
  expect(() => loadWs()).toThrow('websocket() needs the package ws; install it with "npm install ws"');
});
