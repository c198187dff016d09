import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createApp, definePlugin, serviceKey } from '../../index.ts';
import { testApp } from '../../testing/index.ts';

interface Store {
  count(name: string): number;
}

const storeKey = serviceKey<Store>('store', 'sluice-plugin-store');

const store = definePlugin({
  name: 'store',
  version: '1.2.0',
  services: [storeKey],
  setup({ services }) {
    const counts = new Map<string, number>();
    services.provide(storeKey, {
      count(name) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
        return counts.get(name)!;
      },
    });
  },
});

const counter = definePlugin({
  name: 'counter',
  dependencies: { store: '^1.0' },
  setup: ({ services }) => void services.get(storeKey),
  handlers: { counter: (r) => String(r.server.services.get(storeKey).count(r.uri)) },
});

describe('a service', () => {
  it('is there for the plugins that depend on its plugin, in whatever order they are loaded', async () => {
    const app = await testApp({ plugins: [counter, store], setHandler: 'counter' });
    await request(app).get('/a').expect('1');
    await request(app).get('/a').expect('2');
    await request(app).get('/b').expect('1');
  });

  it('is found by name, for keys of two copies of a module', async () => {
    const copy = definePlugin({
      name: 'copy',
      after: ['store'],
      handlers: { copy: (r) => String(r.server.services.get(serviceKey<Store>('store')).count('x')) },
    });
    await request(await testApp({ plugins: [copy, store], setHandler: 'copy' }))
      .get('/')
      .expect('1');
  });

  it('may be missing for those who can do without', async () => {
    const careful = definePlugin({
      name: 'careful',
      handlers: { careful: (r) => (r.server.services.find(storeKey) === undefined ? 'without' : 'with') },
    });
    const app = await testApp({ plugins: [careful], setHandler: 'careful' });
    await request(app).get('/').expect('without');
  });

  it.each([
    [
      'nobody offers',
      [{ ...counter, dependencies: {} }],
      'no plugin offers the service store; load sluice-plugin-store',
    ],
    [
      'comes later',
      [{ ...counter, dependencies: {} }, store],
      'the service store is not there yet: store (given in the config) provides it in its set-up; name that plugin in',
    ],
    ['two offer', [store, { ...store, name: 'twin' }], 'the service store: store (given in the config) and twin'],
    [
      'is not provided',
      [{ name: 'lazy', services: [storeKey] }],
      'the plugin lazy (given in the config) failed in its set-up: it lists the service store, but did not provide it',
    ],
    [
      'is not declared',
      [{ ...store, services: [] }],
      'no plugin declares the service store; put its key into the list',
    ],
  ])('that %s is an error at start', async (_, plugins, message) => {
    await expect(createApp({ plugins }).ready()).rejects.toThrow(message);
  });
});
