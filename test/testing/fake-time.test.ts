import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type FakeTime, collectLog, fakeTime, testApp } from '../../testing/index.ts';

describe('fakeTime', () => {
  let time: FakeTime;
  afterEach(() => time.restore());

  it('stands still until it is moved', async () => {
    time = fakeTime('2026-11-21T12:00:00Z');
    const started = performance.now();
    expect(new Date().toISOString()).toBe('2026-11-21T12:00:00.000Z');
    await time.advance(90_000);
    expect(Date.now()).toBe(Date.parse('2026-11-21T12:01:30Z'));
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(performance.now() - started).toBeCloseTo(90_000);
    expect(time.now).toBe(Date.now());
  });

  it('calls timers in the order in which they are due, each at its time', async () => {
    time = fakeTime(0);
    const calls: string[] = [];
    const note = (name: string): void => void calls.push(`${name} at ${Date.now()}`);
    setTimeout(note, 300, 'late');
    setTimeout(note, 100, 'early');
    const interval = setInterval(note, 120, 'again');
    clearTimeout(setTimeout(note, 10, 'never'));
    await time.advance(250);
    clearInterval(interval);
    await time.advance(250);
    expect(calls).toEqual(['early at 100', 'again at 120', 'again at 240', 'late at 300']);
  });

  it('dates what Sluice says, over a real socket', async () => {
    time = fakeTime('2026-11-21T12:00:00Z');
    const app = await testApp({ contentHandler: (r) => ({ at: new Date(r.requestTime).toISOString() }) });
    await request(app).get('/').expect(200, { at: '2026-11-21T12:00:00.000Z' });
    await time.advance(1_000);
    await request(app).get('/').expect(200, { at: '2026-11-21T12:00:01.000Z' });
  });

  it('lets a time-out of an hour pass at once', async () => {
    time = fakeTime();
    const log = collectLog();
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const app = await testApp({
      plugins: [log],
      handlerTimeout: 3_600,
      contentHandler: () => {
        asked();
        return new Promise<string>(() => undefined);
      },
    });
    const answer = request(app)
      .get('/')
      .then(({ status }) => status);
    await isAsked;
    await time.advance(3_600_000);
    expect(await answer).toBe(503);
    expect(log.messages()[0]).toContain('contentHandler');
  });

  it('is given back, with timers that go by the real time', async () => {
    const realDate = Date;
    time = fakeTime(0);
    expect(() => fakeTime(0)).toThrow('the time is fake already');
    time.restore();
    expect(Date).toBe(realDate);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(Date.now()).toBeGreaterThan(Date.parse('2020-01-01'));
  });
});
